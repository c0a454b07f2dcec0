package aio.policy.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is next, case by case. */
class RolloutsTest {
    private static final Duration WATCH = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Report> reports = new TreeMap<>();

    private static Decision decision(String waves, boolean allowRefused) {
        return new Decision("new", Wave.list(waves), WATCH, Optional.empty(), Optional.empty(), allowRefused, PATIENCE,
                "anna", Instant.EPOCH);
    }

    private State begin(String waves, boolean allowRefused, int members) {
        for (int i = 1; i <= members; i++) {
            reports.put("n" + i, report("n" + i, "old", 0, Answer.NONE, ""));
        }
        return new State(Desired.nothing("x"), Optional.empty()).decide(decision(waves, allowRefused),
                reports.keySet(), 0);
    }

    private static Report report(String node, String policy, long order, Answer answer, String why) {
        return new Report(node, "i", policy, "selector", "bundle.of." + policy + " [7]", Optional.empty(), order,
                answer, why, Duration.ZERO, 0, Instant.EPOCH);
    }

    private void says(String node, Answer answer, String why) {
        boolean on = answer == Answer.DONE || answer == Answer.WATCHED;
        reports.put(node, report(node, on ? "new" : "old", 1, answer, why));
    }

    private Rollout next(Rollout rollout, Duration inPhase) {
        return Rollouts.next(rollout, new Observation(reports, Map.of(), inPhase));
    }

    private static Rollout of(State state) {
        return state.rollout().orElseThrow();
    }

    @Test
    void waves_areCounted_overThoseThatWereThere() {
        List<String> members = new ArrayList<>();
        for (int i = 10; i < 35; i++) {
            members.add("n" + i);
        }
        assertThat(Wave.split(Wave.list("1,10%,100%"), members)).extracting(List::size).containsExactly(1, 2, 22);
        assertThat(Wave.split(Wave.list("1,10%,100%"), List.of("a"))).containsExactly(List.of("a"));
        assertThat(Wave.split(Wave.list("50%,1,100%"), List.of("a", "b", "c", "d"))).extracting(List::size)
                .containsExactly(2, 2);
    }

    @Test
    void wavesThatAreNone_areRefused_withWhatIsExpected() {
        assertThatThrownBy(() -> Wave.list("1,10%")).hasMessageContaining("the last wave of '1,10%' is 10%, expected");
        for (String wrong : new String[] {"", "0,100%", "x", "101%", "1,,100%", "-1,100%"}) {
            assertThatThrownBy(() -> Wave.list(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void aWave_isTold_thenWatched_thenTheNextOneBegins() {
        Rollout rollout = of(begin("1,100%", false, 3));
        assertThat(rollout.waves()).containsExactly(List.of("n1"), List.of("n2", "n3"));
        assertThat(next(rollout, Duration.ZERO)).isEqualTo(rollout);
        says("n1", Answer.WATCHED, "");
        Rollout watched = next(rollout, Duration.ZERO);
        assertThat(watched.phase()).isEqualTo(Phase.WATCHED);
        says("n1", Answer.DONE, "");
        assertThat(next(watched, WATCH.minusNanos(1))).as("by the coordinator's clock").isEqualTo(watched);
        Rollout second = next(watched, WATCH);
        assertThat(second.phase()).isEqualTo(Phase.MOVING);
        assertThat(second.moved()).containsExactly("n1", "n2", "n3");
        says("n2", Answer.DONE, "");
        says("n3", Answer.DONE, "");
        Rollout over = next(next(second, Duration.ZERO), WATCH);
        assertThat(over.phase()).isEqualTo(Phase.DONE);
        assertThat(next(over, WATCH)).isEqualTo(over);
    }

    @Test
    void aNodeThatTakesItBack_endsItAll_andIsNamedWithFigureAndBundle() {
        Rollout rollout = of(begin("1,100%", false, 3));
        says("n1", Answer.ROLLED_BACK, "lag 70 ms, expected 50 ms (bad.engine [9])");
        Rollout over = next(rollout, Duration.ZERO);
        assertThat(over.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(over.reason())
                .isEqualTo("node 'n1' has taken it back: lag 70 ms, expected 50 ms (bad.engine [9])");
    }

    @Test
    void aNodeOfAnEarlierWave_thatLosesThePolicyLater_endsItAll() {
        Rollout rollout = of(begin("1,100%", false, 2)).nextWave();
        says("n1", Answer.DONE, "");
        says("n2", Answer.WATCHED, "");
        reports.put("n1", report("n1", "old", 1, Answer.DONE, "'new' is refused: five faults"));
        assertThat(next(rollout, Duration.ZERO).reason())
                .isEqualTo("node 'n1' is on 'old' (bundle.of.old [7]): 'new' is refused: five faults");
    }

    @Test
    void aRefusal_counts_unlessItIsAllowed() {
        says("n1", Answer.REFUSED, "no policy 'new'");
        Rollout strict = of(begin("100%", false, 2));
        says("n1", Answer.REFUSED, "no policy 'new'");
        says("n2", Answer.WATCHED, "");
        assertThat(next(strict, Duration.ZERO).reason()).isEqualTo("node 'n1' refuses it: no policy 'new'");
        Rollout lenient = of(new State(Desired.nothing("x"), Optional.empty())
                .decide(decision("100%", true), reports.keySet(), 0));
        Rollout next = next(lenient, Duration.ZERO);
        assertThat(next.phase()).isEqualTo(Phase.WATCHED);
        assertThat(next.excused()).containsEntry("n1", "refuses it: no policy 'new'");
    }

    @Test
    void ifNobodyMoves_itIsOver_evenIfEachMayRefuse() {
        Rollout rollout = of(begin("100%", true, 1));
        says("n1", Answer.REFUSED, "no policy 'new'");
        Rollout over = next(rollout, Duration.ZERO);
        assertThat(over.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(over.reason()).contains("no node has moved").contains("n1=refuses it");
    }

    @Test
    void ifManyDoNotCount_theTextStaysSmall_andTheFirstOnesAreNamed() {
        Rollout rollout = of(begin("100%", true, 5_000));
        reports.keySet().forEach(node -> says(node, Answer.REFUSED, "no policy 'new'; ".repeat(50)));
        Rollout over = next(rollout, Duration.ZERO);
        assertThat(over.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(over.excused()).hasSize(5_000).containsEntry("n999", "").doesNotContainEntry("n1", "");
        assertThat(over.excused().values().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(20_000);
        assertThat(over.reason()).startsWith("no node has moved: n1=refuses it: no policy 'new'; ")
                .contains(", n1006=refuses it").doesNotContain("n1007").endsWith(", and 4990 more");
    }

    @Test
    void ifManyDoNotCount_oneAfterTheOther_theTextStaysSmallAsWell() {
        Rollout rollout = of(begin("100%", true, 500));
        for (int i = 1; i < 500; i++) {
            says("n" + i, Answer.REFUSED, "no policy 'new'; ".repeat(50));
            rollout = next(rollout, Duration.ZERO);
        }
        assertThat(rollout.excused()).hasSize(499);
        assertThat(rollout.excused().values().stream().mapToInt(String::length).sum()).isBetween(19_800, 20_000);
    }

    @Test
    void aReasonThatIsLong_isCut() {
        Rollout rollout = of(begin("100%", false, 2));
        says("n1", Answer.ROLLED_BACK, "slow ".repeat(10_000));
        assertThat(next(rollout, Duration.ZERO).reason()).startsWith("node 'n1' has taken it back: slow ")
                .hasSize(3_200);
    }

    @Test
    void aNodeThatIsPinnedLocally_doesNotCount() {
        Rollout rollout = of(begin("100%", false, 2));
        says("n2", Answer.WATCHED, "");
        Report n1 = reports.get("n1");
        reports.put("n1", new Report("n1", "i", "mine", "e", "b", Optional.of("mine"), 0, Answer.NONE, "",
                Duration.ZERO, 0, n1.since()));
        Rollout next = next(rollout, Duration.ZERO);
        assertThat(next.excused()).containsEntry("n1", "is pinned there to 'mine'");
        assertThat(next.phase()).isEqualTo(Phase.WATCHED);
    }

    @Test
    void aNodeThatIsAway_isWaitedFor_andFailsAfterThePatience() {
        Rollout rollout = of(begin("100%", false, 2));
        says("n1", Answer.WATCHED, "");
        reports.remove("n2");
        Observation soon = new Observation(reports, Map.of("n2", PATIENCE), Duration.ZERO);
        assertThat(Rollouts.next(rollout, soon)).isEqualTo(rollout);
        assertThat(Rollouts.waiting(rollout, soon)).first().asString().contains("n1");
        Observation late = new Observation(reports, Map.of("n2", PATIENCE.plusMillis(1)), Duration.ZERO);
        assertThat(Rollouts.next(rollout, late).reason())
                .isEqualTo("node 'n2' is cut off or has left, for 30.0 s");
    }

    @Test
    void aNodeThatDoesNotTakeItUp_orDoesNotEndItsWatch_failsAfterThePatience() {
        Rollout rollout = of(begin("100%", false, 1));
        assertThat(waited(rollout, PATIENCE).phase()).isEqualTo(Phase.MOVING);
        assertThat(waited(rollout, PATIENCE.plusMillis(1)).reason()).contains("'n1' has not taken it up");
        says("n1", Answer.WATCHED, "");
        Rollout watched = next(rollout, Duration.ZERO);
        assertThat(waited(watched, WATCH.plus(PATIENCE))).isEqualTo(watched);
        assertThat(waited(watched, WATCH.plus(PATIENCE).plusMillis(1)).reason()).contains("has not ended its watch");
    }

    private Rollout waited(Rollout rollout, Duration time) {
        return Rollouts.next(rollout, new Observation(reports, Map.of("n1", time), time));
    }

    @Test
    void aNodeThatStartsAgainLateInAWatch_hasItsOwnTimes() {
        Rollout watched = of(begin("100%", false, 1)).in(Phase.WATCHED);
        Duration late = WATCH.plus(PATIENCE).plusSeconds(1);
        assertThat(next(watched, late)).as("it has not taken it up yet").isEqualTo(watched);
        says("n1", Answer.WATCHED, "");
        assertThat(next(watched, late)).as("it tries anew").isEqualTo(watched);
    }

    @Test
    void aReportOfAFleetThatWasDeleted_isNoAnswer() {
        Rollout rollout = of(begin("100%", false, 1));
        reports.put("n1", report("n1", "new", 9, Answer.DONE, ""));
        assertThat(next(rollout, Duration.ZERO)).isEqualTo(rollout);
        assertThat(Rollouts.waiting(rollout, new Observation(reports, Map.of(), Duration.ZERO))).hasSize(1);
    }

    @Test
    void aPause_holdsTheNextWave_butNotARollBack() {
        Rollout paused = of(begin("1,100%", false, 2)).withPause(true);
        says("n1", Answer.DONE, "");
        Rollout watched = next(paused, Duration.ZERO);
        assertThat(watched.phase()).isEqualTo(Phase.WATCHED);
        assertThat(next(watched, Duration.ofDays(1))).isEqualTo(watched);
        assertThat(next(watched.withPause(false), Duration.ofDays(1)).wave()).isEqualTo(1);
        says("n1", Answer.ROLLED_BACK, "slow");
        assertThat(next(watched, Duration.ZERO).phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void withoutAWatch_aWaveIsOverWhenAllHaveMoved() {
        reports.put("n1", report("n1", "old", 0, Answer.NONE, ""));
        Decision now = new Decision("new", Wave.ONE_FOR_ALL, Duration.ZERO, Optional.empty(), Optional.empty(), false,
                PATIENCE, "anna", Instant.EPOCH);
        Rollout rollout = of(new State(Desired.nothing("x"), Optional.empty()).decide(now, reports.keySet(), 0));
        assertThat(next(rollout, Duration.ZERO)).isEqualTo(rollout);
        says("n1", Answer.DONE, "");
        assertThat(next(rollout, Duration.ZERO).phase()).isEqualTo(Phase.DONE);
    }
}
