package aio.bench.report;

import static aio.bench.report.Sampled.figure;
import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.report.Goal.Relation;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Measured MEASURED = Sampled.of(
            figure("64 B", "aio", 1, "time", 15), figure("64 B", "bare", 1, "time", 10));

    @Test
    void aScoreRelatesToThePeer() {
        assertThat(verdict(goal(Relation.SCORE, 0.66))).matches(Goal.Verdict::reached)
                .extracting(Goal.Verdict::measured).isEqualTo("0.67");
        assertThat(verdict(goal(Relation.SCORE, 0.67))).matches(verdict -> !verdict.reached());
    }

    @Test
    void timesAreNotToBeExceeded() {
        assertThat(verdict(goal(Relation.TIMES, 1.5))).matches(Goal.Verdict::reached)
                .extracting(Goal.Verdict::words).isEqualTo("time: at most 1.50 times bare");
        assertThat(verdict(goal(Relation.TIMES, 1.4))).matches(verdict -> !verdict.reached());
    }

    @Test
    void absoluteBoundsHaveTheUnit() {
        assertThat(verdict(goal(Relation.AT_MOST, 14))).matches(verdict -> !verdict.reached())
                .extracting(Goal.Verdict::words, Goal.Verdict::measured)
                .containsExactly("time: at most 14 us", "15 us");
        assertThat(verdict(goal(Relation.AT_LEAST, 14))).matches(Goal.Verdict::reached);
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

    private static Goal.Verdict verdict(Goal goal) {
        return goal.judge(MEASURED, "64 B").orElseThrow();
    }

    private static Goal goal(Relation relation, double factor) {
        return new Goal("echo", Pattern.compile("64 B.*"), "aio", "time", relation, "bare", factor);
    }
}
