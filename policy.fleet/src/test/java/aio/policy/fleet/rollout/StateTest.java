package aio.policy.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What each node is to do, whatever happens. */
class StateTest {
    private static final List<String> MEMBERS = List.of("a", "b", "c", "d", "e");

    private static State nothing() {
        return new State(Desired.nothing("x"), Optional.empty());
    }

    private static Decision decision(String policy) {
        return new Decision(policy, Wave.list("1,50%,100%"), Duration.ofSeconds(1), Optional.empty(), Optional.empty(),
                true, Duration.ofSeconds(5), "anna", Instant.EPOCH);
    }

    @Test
    void onlyTheNodesOfTheWave_areOrdered_andAJoinerTakesWhatIsDesired() {
        State state = nothing().decide(decision("new"), MEMBERS, 0);
        assertThat(state.order("a")).isEqualTo(
                new Order("x", 1, "new", "anna", state.rollout().map(Rollout::decision)));
        assertThat(state.order("b").number()).isZero();
        assertThat(state.order("joiner").number()).isZero();
        State done = state.with(state.rollout().orElseThrow().ended(Phase.DONE, ""), Instant.EPOCH);
        assertThat(done.order("joiner")).isEqualTo(new Order("x", 1, "new", "anna", Optional.empty()));
        assertThat(done.order("a").number()).as("it has done that already").isEqualTo(1);
    }

    @Test
    void goingBack_isALaterOrder_toWhatWasDesiredBefore() {
        State old = nothing().decide(decision("old"), MEMBERS, 0);
        State before = old.with(old.rollout().orElseThrow().ended(Phase.DONE, ""), Instant.EPOCH);
        State state = before.decide(decision("new"), MEMBERS, 0);
        assertThat(state.rollout().orElseThrow().number()).isEqualTo(2);
        State after = state.abort("berta", Instant.EPOCH);
        assertThat(after.order("a")).isEqualTo(new Order("x", 3, "old", "anna", Optional.empty()));
        assertThat(after.rollout().orElseThrow().reason()).isEqualTo("berta has ended it");
        assertThat(after.decide(decision("third"), MEMBERS, 0).order("a").number()).isEqualTo(4);
    }

    @Test
    void aDecision_hasALargerNumber_thanWhatANodeHasDone() {
        assertThat(nothing().decide(decision("new"), MEMBERS, 7).newest()).isEqualTo(8);
        State later = nothing().decide(decision("new"), MEMBERS, 7).abort("anna", Instant.EPOCH);
        assertThat(later.decide(decision("new"), MEMBERS, 2).newest()).isEqualTo(10);
    }

    @Test
    void aSecondDecision_isRefused_withWhatWonAndWhose() {
        State state = nothing().decide(decision("new"), MEMBERS, 0);
        assertThatThrownBy(() -> state.decide(decision("other"), MEMBERS, 0)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'new' is on its way, number 1 of anna (wave 1 of 3, moving)")
                .hasMessageContaining("fleet:abort");
        assertThatThrownBy(() -> nothing().decide(decision("new"), List.of(), 0))
                .hasMessageContaining("no node is there");
        assertThatThrownBy(() -> nothing().abort("anna", Instant.EPOCH)).hasMessageContaining("no roll-out");
    }

    /** Whatever nodes say, whoever coordinates: it ends, numbers only grow, and at the end all nodes have one order. */
    @Test
    void anyCourse_endsWithOneOrderForAll() {
        for (int seed = 0; seed < 2_000; seed++) {
            course(new Random(seed), "seed " + seed);
        }
    }

    private static void course(Random random, String seed) {
        State state = nothing().decide(decision("new"), MEMBERS, 0);
        Map<String, Report> reports = new HashMap<>();
        Map<String, Duration> absent = new HashMap<>();
        Map<String, Long> orders = new HashMap<>();
        Duration inPhase = Duration.ZERO;
        int steps = 0;
        while (state.underWay().isPresent()) {
            assertThat(steps++).as(seed).isLessThan(400);
            something(random, state, reports, absent);
            Rollout before = state.underWay().orElseThrow();
            Rollout next = Rollouts.next(before, new Observation(reports, absent, inPhase));
            boolean same = next.wave() == before.wave() && next.phase() == before.phase();
            // another coordinator counts anew
            inPhase = same && random.nextInt(10) > 0 ? inPhase.plusMillis(300) : Duration.ZERO;
            assertThat(next.wave()).as(seed).isBetween(before.wave(), before.wave() + 1);
            assertThat(next.excused().keySet()).as(seed).containsAll(before.excused().keySet());
            assertThat(Rollouts.next(next, new Observation(reports, absent, Duration.ZERO)).wave()).as(seed)
                    .isLessThanOrEqualTo(next.wave() + 1);
            state = state.with(next, Instant.EPOCH);
            for (String node : MEMBERS) {
                long order = state.order(node).number();
                assertThat(order).as(seed).isGreaterThanOrEqualTo(orders.getOrDefault(node, 0L));
                orders.put(node, order);
            }
        }
        assertThat(orders.values()).as(seed).hasSize(MEMBERS.size()).containsOnly(state.desired().number());
        boolean done = state.rollout().orElseThrow().phase() == Phase.DONE;
        assertThat(state.desired().policy()).as(seed).isEqualTo(done ? "new" : "");
        assertThat(state.rollout().orElseThrow().reason().isEmpty()).as(seed).isEqualTo(done);
    }

    private static void something(Random random, State state, Map<String, Report> reports,
            Map<String, Duration> absent) {
        for (String node : MEMBERS) {
            absent.computeIfPresent(node, (any, time) -> time.plusMillis(300));
            Order order = state.order(node);
            int what = random.nextInt(100);
            if (what < 2) {
                reports.remove(node);
                absent.put(node, Duration.ZERO);
            } else if (what < 40) {
                absent.remove(node);
                Answer answer = order.number() == 0 ? Answer.NONE
                        : what == 2 ? Answer.ROLLED_BACK : what == 3 ? Answer.REFUSED
                        : what < 10 ? Answer.WATCHED : Answer.DONE;
                reports.put(node, new Report(node, "i", order.policy(), "e", "b",
                        what == 4 ? Optional.of("mine") : Optional.empty(), order.number(), answer, "",
                        Duration.ZERO, 0, Instant.EPOCH));
            }
        }
    }
}
