package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Rollout;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of five whose network, server, sessions, coordinator and clocks fail: no order is lost or done twice. */
@Timeout(120)
class FaultsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Map<String, Proxy> proxies = new TreeMap<>();
    private TestingServer server;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        fleet = new TestFleet(folder);
        for (int i = 1; i <= 5; i++) {
            start("n" + i);
        }
        await("all nodes", () -> fleet.any().reports().size() == 5);
    }

    private void start(String name) throws Exception {
        Proxy proxy = new Proxy(server.getConnectString());
        proxies.put(name, proxy);
        fleet.start(name, proxy.connect());
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        for (Proxy proxy : proxies.values()) {
            proxy.close();
        }
        server.close();
    }

    /** As a process that is killed: nobody is told, and the session ends by its timeout. */
    private void kill(String name) throws Exception {
        proxies.remove(name).close();
        await("it is cut off", () -> !fleet.nodes.get(name).isConnected());
        fleet.stop(name);
    }

    private void assertDoneOnce(String policy) throws Exception {
        fleet.awaitPolicy(policy);
        fleet.engines.forEach((name, engine) -> assertThat(engine.orders).as(name).containsExactly(1L));
    }

    @Test
    void theServerIsLost_andComesBack_inAWave() throws Exception {
        fleet.engine("n1").trying = true;
        fleet.any().decide(decision("new", "1,100%", 300, false, LONG));
        await("the first wave", () -> fleet.engine("n1").pins.contains("new"));
        server.stop();
        await("all are cut off", () -> fleet.nodes.values().stream().noneMatch(FleetNode::isConnected));
        fleet.engine("n1").trying = false;
        assertThat(fleet.engine("n1").pinned()).as("it keeps what it has").contains("new");
        server.restart();
        assertThat(fleet.awaitEnd(Phase.DONE).excused()).isEmpty();
        assertDoneOnce("new");
    }

    @Test
    void aMinorityThatIsCutOff_keepsWhatItHas_countsAfterThePatience_andCatchesUp() throws Exception {
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("old");
        proxies.get("n4").cut();
        proxies.get("n5").cut();
        fleet.any().decide(decision("new", "3,100%", 100, false, Duration.ofSeconds(20)));
        await("the second wave", () -> fleet.any().state().underWay().orElseThrow().wave() == 1);
        Rollout over = fleet.awaitEndOfPatience(Phase.ROLLED_BACK);
        assertThat(over.reason()).as(over.stand()).matches("node 'n[45]' (is cut off or has left|has not taken).*");
        assertThat(fleet.engine("n4").pinned()).contains("old");
        fleet.awaitPolicy("n1", "old");
        proxies.get("n4").heal();
        proxies.get("n5").heal();
        await("they know that it is over", () -> fleet.any().reports().values().stream()
                .filter(report -> report.order() == 3 && report.policy().equals("old")).count() == 5);
        assertThat(fleet.engine("n4").pins).as("never on the new one").containsExactly("old", "old");
    }

    @Test
    void aNodeThatIsCutOffForAMoment_isWaitedFor_andMovesWhenItIsBack() throws Exception {
        proxies.get("n5").cut();
        fleet.any().decide(decision("new", "100%", 100, false, LONG));
        await("the session is over", () -> !fleet.any().reports().containsKey("n5"));
        await("the others wait", () -> fleet.engine("n4").pins.contains("new"));
        assertThat(fleet.engine("n5").pins).isEmpty();
        assertThat(fleet.any().state().underWay()).isPresent();
        proxies.get("n5").heal();
        fleet.awaitEnd(Phase.DONE);
        assertDoneOnce("new");
    }

    @Test
    void sessionsExpire_inAWave_andNothingIsTakenBack() throws Exception {
        fleet.any().decide(decision("new", "1,100%", 700, false, LONG));
        await("the first wave", () -> fleet.engine("n1").pins.contains("new"));
        for (FleetNode node : fleet.nodes.values()) {
            node.client().getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
        }
        fleet.awaitEnd(Phase.DONE);
        await("all report again", () -> fleet.any().reports().size() == 5);
        assertDoneOnce("new");
    }

    @Test
    void theCoordinatorIsKilled_inEachStep_andAnotherOneGoesOn() throws Exception {
        fleet.engines.values().forEach(engine -> engine.trying = true);
        fleet.any().decide(decision("new", "2,100%", 300, false, LONG));
        List<String> killed = new ArrayList<>();
        for (int wave = 0; wave < 2; wave++) {
            for (Phase phase : List.of(Phase.MOVING, Phase.WATCHED)) {
                int now = wave;
                await("wave " + wave + " " + phase, () -> {
                    Rollout rollout = fleet.any().state().underWay().orElseThrow();
                    return rollout.wave() == now && (rollout.phase() == phase || phase == Phase.MOVING);
                });
                killed.add(fleet.coordinator());
                kill(killed.get(killed.size() - 1));
                await("another one", () -> fleet.any().coordinator().filter(fleet.nodes::containsKey).isPresent());
                start(killed.get(killed.size() - 1));
            }
            int last = wave;
            fleet.engines.values().forEach(engine -> engine.trying = last == 0 && engine.pins.isEmpty());
            if (wave == 0) {
                await("the second wave", () -> fleet.any().state().underWay().orElseThrow().wave() == 1);
            }
        }
        fleet.engines.values().forEach(engine -> engine.trying = false);
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
        assertThat(fleet.any().history()).hasSize(1);
        // a trial that its process did not survive was not settled: it is done again, once
        fleet.engines.forEach((name, engine) -> assertThat(engine.orders).as(name).containsOnly(1L)
                .hasSizeLessThanOrEqualTo(1 + Collections.frequency(killed, name)));
    }

    @Test
    void clocksThatDiffer_changeNothing() throws Exception {
        List<String> names = new ArrayList<>(fleet.nodes.keySet());
        for (int i = 0; i < names.size(); i++) {
            Duration wrong = Duration.ofDays(100L * (i - 2));
            kill(names.get(i));
            fleet.start(names.get(i), server.getConnectString(), () -> System.nanoTime() + wrong.toNanos(),
                    Clock.offset(Clock.systemUTC(), wrong));
        }
        await("all nodes", () -> fleet.any().reports().size() == 5);
        fleet.any().decide(decision("new", "1,50%,100%", 200, false, LONG));
        fleet.awaitEnd(Phase.DONE);
        assertDoneOnce("new");
    }
}
