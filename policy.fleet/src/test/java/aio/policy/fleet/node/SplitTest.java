package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet of five on three servers that lose one another in the middle of a wave: one server, with two nodes that reach
 * no other one, is on its own. Or the server that leads dies.
 */
@Timeout(180)
class SplitTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Ensemble ensemble;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        ensemble = new Ensemble();
        ensemble.start();
        fleet = new TestFleet(folder);
    }

    @AfterEach
    void stop() throws IOException {
        fleet.close();
        ensemble.close();
    }

    /** Starts five nodes, of which those are on the side that will be cut off; all have the policy {@code old}. */
    private void startAll(Set<String> cutOff) throws Exception {
        for (String name : List.of("n1", "n2", "n3", "n4", "n5")) {
            fleet.start(name, ensemble.connect(cutOff.contains(name) ? 1 : 0));
            await("it is in", () -> fleet.any().reports().containsKey(name));
            fleet.coordinator(); // the first one
        }
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("old");
    }

    /** Three nodes are on the new policy, which one of them still tries. */
    private void beginWave(Duration patience) throws Exception {
        fleet.engine("n2").trying = true;
        fleet.any().decide(decision("new", "3,100%", 300, false, patience));
        await("the first wave", () -> List.of("n1", "n2", "n3").stream()
                .allMatch(each -> fleet.engine(each).pins.contains("new")));
        await("all have said so", () -> fleet.any().state().underWay().orElseThrow().phase() == Phase.WATCHED);
    }

    private void split(int server, Set<String> cutOff) throws Exception {
        ensemble.split(IntStream.range(0, Ensemble.SIZE).filter(each -> each != server).boxed()
                .collect(Collectors.toSet()));
        await("they are cut off", () -> fleet.nodes.values().stream()
                .allMatch(each -> each.isConnected() != cutOff.contains(each.node())));
    }

    private void awaitBack() throws Exception {
        await("all know that it is over", () -> fleet.any().reports().values().stream()
                .filter(report -> report.order() == 3 && report.policy().equals("old")).count() == 5);
        assertThat(fleet.any().history()).extracting(Rollout::phase).containsExactly(Phase.DONE, Phase.ROLLED_BACK);
    }

    @Test
    void aMinorityThatIsCutOff_keepsWhatItHas_countsAsFailed_andCatchesUp() throws Exception {
        Set<String> cutOff = Set.of("n4", "n5");
        startAll(cutOff);
        beginWave(Duration.ofSeconds(12));
        split((ensemble.leader() + 1) % Ensemble.SIZE, cutOff);
        fleet.engine("n2").trying = false;
        assertThat(fleet.awaitEnd(Phase.ROLLED_BACK).reason())
                .matches("node 'n[45]' (is cut off or has left|has not taken it up), for .*");
        for (String name : List.of("n1", "n2", "n3")) {
            fleet.awaitPolicy(name, "old");
            assertThat(fleet.engine(name).orders).as(name).containsExactly(1L, 2L, 3L);
        }
        ensemble.heal();
        awaitBack();
        for (String name : cutOff) {
            assertThat(fleet.engine(name).pins).as(name + " has served on").containsExactly("old", "old");
            assertThat(fleet.engine(name).orders).as(name).containsExactly(1L, 3L);
        }
    }

    @Test
    void theLeaderAndTheCoordinatorAreCutOff_othersGoOn_andTheOldOnesDecideNothing() throws Exception {
        Set<String> cutOff = Set.of("n1", "n5");
        startAll(cutOff);
        assertThat(fleet.coordinator()).isEqualTo("n1");
        beginWave(Duration.ofSeconds(12));
        split(ensemble.leader(), cutOff);
        fleet.engine("n2").trying = false;
        Rollout over = fleet.awaitEnd(Phase.ROLLED_BACK);
        assertThat(over.reason()).matches("node 'n[15]' (is cut off or has left|has not taken it up), for .*");
        fleet.awaitPolicy("n2", "old");
        assertThat(fleet.engine("n1").pinned()).as("it keeps what it has").contains("new");
        assertThat(fleet.engine("n5").pinned()).contains("old");
        ensemble.heal();
        awaitBack();
        assertThat(fleet.engine("n1").orders).containsExactly(1L, 2L, 3L);
        assertThat(fleet.engine("n5").orders).containsExactly(1L, 3L);
    }

    @Test
    void aSplitThatHealsInTime_takesNothingBack_andNothingIsDoneTwice() throws Exception {
        Set<String> cutOff = Set.of("n4", "n5");
        startAll(cutOff);
        beginWave(LONG);
        split(ensemble.leader(), cutOff);
        fleet.engine("n2").trying = false;
        await("the second wave", () -> fleet.any().state().underWay().orElseThrow().wave() == 1);
        ensemble.heal();
        fleet.awaitEnd(Phase.DONE);
        assertDoneOnce();
    }

    @Test
    void theLeaderIsKilled_inAWave_andNothingIsLostOrDoneTwice() throws Exception {
        startAll(Set.of());
        beginWave(LONG);
        int leader = ensemble.leader();
        ensemble.kill(leader);
        await("another one leads", () -> ensemble.leader() != leader);
        await("all are back", () -> fleet.any().reports().size() == 5);
        fleet.engine("n2").trying = false;
        fleet.awaitEnd(Phase.DONE);
        assertDoneOnce();
        ensemble.restart(leader);
    }

    private void assertDoneOnce() throws Exception {
        fleet.awaitPolicy("new");
        fleet.engines.forEach((name, engine) -> assertThat(engine.orders).as(name).containsExactly(1L, 2L));
        assertThat(fleet.any().history()).extracting(Rollout::phase).containsExactly(Phase.DONE, Phase.DONE);
        assertThat(fleet.any().reports().values()).extracting(Report::order).containsOnly(2L);
    }
}
