package aio.bench.report;

import static aio.bench.report.Sampled.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aio.bench.report.Goal.Outcome;
import aio.bench.report.Goal.Relation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Measured MEASURED = Sampled.of(
            figure("64 B", "aio", 1, "time", 15), figure("64 B", "bare", 1, "time", 10));

    @Test
    void aScoreRelatesToThePeer() {
        assertThat(verdict(goal(Relation.SCORE, 0.66))).matches(GoalsTest::isReached)
                .extracting(Goal.Verdict::measured).isEqualTo("0.67");
        assertThat(verdict(goal(Relation.SCORE, 0.67))).matches(verdict -> !isReached(verdict));
    }

    @Test
    void aSureScoreNeedsRoundsThatAgree() {
        Figure[] figures = new Figure[12];
        for (int round = 1; round <= 6; round++) {
            figures[2 * round - 2] = figure("64 B", "aio", round, "time", 10 + 0.1 * round);
            figures[2 * round - 1] = figure("64 B", "bare", round, "time", 10);
        }
        Goal goal = goal(Relation.SURE_SCORE, 0.94);
        assertThat(goal.judge(Sampled.of(figures), "64 B")).get().matches(GoalsTest::isReached)
                .extracting(Goal.Verdict::words, Goal.Verdict::measured)
                .containsExactly("time: at least 0.94 of bare, by the lower end of the interval", "0.94");
        assertThat(goal(Relation.SURE_SCORE, 0.95).judge(Sampled.of(figures), "64 B")).get()
                .matches(verdict -> !isReached(verdict));
        assertThat(goal.judge(MEASURED, "64 B")).isEmpty();
    }

    @Test
    void timesAreNotToBeExceeded() {
        assertThat(verdict(goal(Relation.TIMES, 1.5))).matches(GoalsTest::isReached)
                .extracting(Goal.Verdict::words).isEqualTo("time: at most 1.50 times bare");
        assertThat(verdict(goal(Relation.TIMES, 1.4))).matches(verdict -> !isReached(verdict));
    }

    @Test
    void noWorseIsAsFarAsThePeerIsFromItself() {
        assertThat(verdict(goal(Relation.NO_WORSE, 1))).matches(verdict -> !isReached(verdict))
                .extracting(Goal.Verdict::words, Goal.Verdict::measured)
                .containsExactly("time: no worse than bare", "0.67, bare itself 1.00");
        Measured controlled = Sampled.of(figure("64 B", "aio", 1, "time", 15), figure("64 B", "bare", 1, "time", 10),
                figure("64 B", "bare (A/A)", 1, "time", 14.5));
        assertThat(goal(Relation.NO_WORSE, 1).judge(controlled, "64 B").orElseThrow().measured())
                .isEqualTo("0.67, bare itself 0.55");
        assertThat(goal(Relation.NO_WORSE, 1).judge(controlled, "64 B").orElseThrow()).matches(GoalsTest::isReached);
    }

    @Test
    void absoluteBoundsHaveTheUnit() {
        assertThat(verdict(goal(Relation.AT_MOST, 14))).matches(verdict -> !isReached(verdict))
                .extracting(Goal.Verdict::words, Goal.Verdict::measured)
                .containsExactly("time: at most 14 us", "15 us");
        assertThat(verdict(goal(Relation.AT_LEAST, 14))).matches(GoalsTest::isReached);
    }

    @Test
    void nothingIsSaidOfOtherCasesOrWithoutFigures() {
        assertThat(goal(Relation.AT_MOST, 14).judge(MEASURED, "1 KiB")).isEmpty();
        Goal missing = new Goal("echo", Pattern.compile(".*"), "uvloop", "time", Relation.AT_MOST, null, 1);
        assertThat(missing.judge(MEASURED, "64 B")).isEmpty();
    }

    @Test
    void everyGoalBelongsToATable() {
        assertThat(Tables.all()).extracting(Table::name).doesNotHaveDuplicates().containsAll(Goals.tables());
    }

    @Test
    void theWorstRoundIsJudgedWhereThatIsTheGoal() {
        Measured measured = Sampled.of(figure("64 B", "aio", 1, "time", 10), figure("64 B", "aio", 2, "time", 10),
                figure("64 B", "aio", 3, "time", 21));
        assertThat(goal(Relation.WORST_AT_MOST, 20).judge(measured, "64 B")).get()
                .extracting(Goal.Verdict::outcome, Goal.Verdict::measured, Goal.Verdict::words)
                .containsExactly(Outcome.MISSED, "21 us", "time: at most 20 us in every round");
        assertThat(verdict(goal(Relation.WORST_AT_MOST, 15))).matches(GoalsTest::isReached);
    }

    @Test
    void growthRelatesToAnotherCase() {
        Measured measured = Sampled.of(figure("1 policy", "aio", 1, "time", 10), figure("64 B", "aio", 1, "time", 21));
        Goal goal = new Goal("echo", Pattern.compile("64 B"), "aio", "time", Relation.GROWTH, "1 policy", 2);
        assertThat(goal.judge(measured, "64 B")).get().matches(verdict -> !isReached(verdict))
                .extracting(Goal.Verdict::words, Goal.Verdict::measured)
                .containsExactly("time: at most 2.00 times that of 1 policy", "2.10");
    }

    @Test
    void throughputIsNotJudgedWhereTheLoadIsTheLimit() {
        Measured measured = Sampled.of(figure("64 B", "aio", 1, "throughput", 15),
                figure("64 B", "bare", 1, "throughput", 10),
                figure("64 B", "aio", 1, "cpu", 15), figure("64 B", "bare", 1, "cpu", 10),
                figure("64 B", "bare", 1, "load", 0.96), figure("1 KiB", "aio", 1, "throughput", 15),
                figure("1 KiB", "bare", 1, "throughput", 10), figure("1 KiB", "bare", 1, "load", 0.94));
        Goal throughput = new Goal("echo", Pattern.compile(".*"), "aio", "throughput", Relation.SCORE, "bare", 1);
        Goal cpu = new Goal("echo", Pattern.compile(".*"), "aio", "cpu", Relation.SCORE, "bare", 1);
        assertThat(throughput.judge(measured, "64 B").orElseThrow().outcome())
                .hasToString("not judged: the load is the limit");
        assertThat(throughput.judge(measured, "1 KiB").orElseThrow().outcome()).isEqualTo(Outcome.REACHED);
        assertThat(cpu.judge(measured, "64 B").orElseThrow().outcome()).isEqualTo(Outcome.MISSED);
    }

    @Test
    void aGoalWithoutAFigureIsNamed() {
        Measured measured = new Measured(Map.of("left out", "Netty epoll: no native library"),
                List.of(new Figure("tls", "1 KiB x 32", "aio selector", 1, "cpu", 5, "us"),
                        new Figure("tls", "1 KiB x 32", "Netty NIO", 1, "cpu", 5, "us")));
        assertThatIllegalStateException().isThrownBy(() -> Goals.requireVerdicts(Map.of("tls", measured)))
                .withMessageContaining("tls: aio selector, throughput: at least 1.00 of Netty NIO")
                .withMessageNotContaining("CPU per request").withMessageNotContaining("Netty epoll");
    }

    private static boolean isReached(Goal.Verdict verdict) {
        return verdict.outcome() == Outcome.REACHED;
    }

    private static Goal.Verdict verdict(Goal goal) {
        return goal.judge(MEASURED, "64 B").orElseThrow();
    }

    private static Goal goal(Relation relation, double factor) {
        return new Goal("echo", Pattern.compile("64 B.*"), "aio", "time", relation, "bare", factor);
    }
}
