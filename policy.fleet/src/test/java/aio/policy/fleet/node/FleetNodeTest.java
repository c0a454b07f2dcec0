package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Rollout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of five on a real server, with engines that are made up. */
@Timeout(120)
class FleetNodeTest {
    @TempDir
    private Path folder;

    private TestingServer server;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        fleet = new TestFleet(folder);
        fleet.startAll(5, server.getConnectString());
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        server.close();
    }

    @Test
    void aDecision_goesWaveByWave_andIsDoneOnceOnEachNode() throws Exception {
        Rollout begun = fleet.any().decide(decision("new", "1,50%,100%", 300));
        assertThat(begun.waves()).containsExactly(List.of("n1"), List.of("n2", "n3"), List.of("n4", "n5"));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
        fleet.engines.forEach((name, engine) -> {
            assertThat(engine.orders).as(name).containsExactly(1L);
            assertThat(engine.pins).as(name).containsExactly("new");
        });
        assertThat(fleet.any().history()).extracting(Rollout::number).containsExactly(1L);
    }

    @Test
    void aBadEngine_isTakenBackInItsFirstWave_andTheRestNeverMoved() throws Exception {
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.engine("n1").bad.add("bad");
        fleet.any().decide(decision("bad", "1,100%", 300));
        Rollout over = fleet.awaitEnd(Phase.ROLLED_BACK);
        assertThat(over.reason())
                .isEqualTo("node 'n1' has taken it back: lag 70 ms, expected 50 ms (bundle.of.bad [9])");
        await("all have the order to stay", () -> fleet.any().reports().values().stream()
                .allMatch(report -> report.order() == 3 && report.policy().equals("old")));
        assertThat(fleet.engine("n2").pins).containsExactly("old", "old");
        assertThat(fleet.engine("n1").pinned()).contains("old");
    }

    @Test
    void aBadEngineInTheSecondWave_takesBackTheFirstOneAsWell() throws Exception {
        fleet.engine("n3").bad.add("bad");
        fleet.any().decide(decision("bad", "1,100%", 300));
        assertThat(fleet.awaitEnd(Phase.ROLLED_BACK).reason()).contains("n3").contains("bundle.of.bad");
        fleet.awaitPolicy("default");
        fleet.engines.forEach((name, engine) -> assertThat(engine.pinned()).as(name).isEmpty());
    }

    @Test
    void ofTwoOperators_oneWins_andTheOtherIsToldWho() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        fleet.engine("n3").loops = open; // so that the one that wins is still under way
        List<FleetNode> both = List.of(fleet.nodes.get("n1"), fleet.nodes.get("n2"));
        List<String> results = Stream.of("old", "new").parallel().map(policy -> {
            try {
                return both.get(policy.equals("old") ? 0 : 1).decide(decision(policy, "100%", 0)).decision().policy();
            } catch (Exception e) {
                return e.getMessage();
            }
        }).toList();
        String won = fleet.any().state().rollout().orElseThrow().decision().policy();
        assertThat(results).contains(won);
        assertThat(results).filteredOn(each -> !each.equals(won)).hasSize(1)
                .allMatch(each -> each.contains("anna") && each.contains("'" + won + "'"));
        open.countDown();
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy(won);
        fleet.engines.forEach((name, engine) -> assertThat(engine.pins).as(name).containsExactly(won));
    }

    @Test
    void aJoiner_takesWhatIsDesired_andALeaverOfAWaveCounts() throws Exception {
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.engine("n1").trying = true;
        // a long watch: that n1 is still trying must not count first
        fleet.any().decide(decision("new", "2,100%", 60_000, false, Duration.ofSeconds(20)));
        fleet.start("n6", server.getConnectString());
        fleet.awaitPolicy("n6", "old");
        fleet.awaitPolicy("n2", "new");
        fleet.stop("n2");
        assertThat(fleet.awaitEndOfPatience(Phase.ROLLED_BACK).reason()).contains("node 'n2' is cut off or has left");
        fleet.awaitPolicy("old");
        fleet.start("n2", server.getConnectString());
        fleet.awaitPolicy("n2", "old");
    }

    @Test
    void aNodeThatRefuses_counts_unlessItIsAllowed_andFollowsWhenThePolicyComes() throws Exception {
        fleet.engine("n4").present.remove("new");
        fleet.any().decide(decision("new", "100%", 200));
        assertThat(fleet.awaitEnd(Phase.ROLLED_BACK).reason())
                .contains("node 'n4' refuses it: no policy 'new'; present: ");
        fleet.awaitPolicy("default");
        fleet.any().decide(decision("new", "100%", 200, true, Duration.ofSeconds(10)));
        assertThat(fleet.awaitEnd(Phase.DONE).excused()).containsOnlyKeys("n4");
        assertThat(fleet.any().reports().get("n4").answer()).isEqualTo(Answer.REFUSED);
        fleet.engine("n4").present.add("new");
        fleet.awaitPolicy("new");
    }

    @Test
    void aLocalPin_winsThere_isShown_andAutoGivesTheNodeBack() throws Exception {
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.engine("n1").operatorPins("default");
        await("it is shown", () -> fleet.any().reports().get("n1").localPin().isPresent());
        Rollout begun = fleet.any().decide(decision("new", "1,100%", 200));
        assertThat(begun.waves().get(0)).as("a node that can move goes first").containsExactly("n2");
        assertThat(fleet.awaitEnd(Phase.DONE).excused()).containsOnlyKeys("n1");
        assertThat(fleet.engine("n1").pins).containsExactly("old");
        fleet.engine("n1").operatorPins("");
        fleet.awaitPolicy("new");
        assertThat(fleet.any().reports().get("n1").localPin()).isEmpty();
    }

    @Test
    void aNodeThatStartsAgain_doesNothingTwice() throws Exception {
        fleet.any().decide(decision("new", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.stop("n3");
        fleet.start("n3", server.getConnectString());
        fleet.awaitPolicy("new");
        await("it knows its order", () -> fleet.any().reports().get("n3").order() == 1);
        assertThat(fleet.engine("n3").orders).containsExactly(1L);
    }

    @Test
    void anOperator_pausesAndEndsARollOut() throws Exception {
        fleet.engine("n1").trying = true;
        fleet.any().decide(decision("new", "1,100%", 100));
        fleet.any().pause(true);
        await("first wave", () -> fleet.engine("n1").pins.contains("new"));
        fleet.engine("n1").trying = false;
        await("it waits", () -> fleet.any().state().rollout().orElseThrow().phase() == Phase.WATCHED);
        fleet.any().abort("berta");
        assertThat(fleet.awaitEnd(Phase.ABORTED).reason()).isEqualTo("berta has ended it");
        fleet.awaitPolicy("default");
        assertThat(fleet.engine("n2").pins).doesNotContain("new");
        assertThatThrownBy(() -> fleet.any().abort("berta")).hasMessageContaining("no roll-out is under way");
    }
}
