package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of one name, and one node that begins before its last run has ended: one of them acts. */
@Timeout(120)
class TwinTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(50));

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine("default", "old", "new");
    private TestingServer server;
    private TestFleet fleet;
    private Proxy proxy;
    private FleetNode twin;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        proxy = new Proxy(server.getConnectString());
        fleet = new TestFleet(folder);
        fleet.startAll(2, server.getConnectString());
        fleet.start("n3", proxy.connect());
        await("all nodes", () -> fleet.any().reports().size() == 3);
        twin = new FleetNode(TestFleet.settings("n3", server.getConnectString(), Optional.empty()), engine,
                new MemoryFile(folder.resolve("twin")), PACE, System::nanoTime, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        twin.close();
        fleet.close();
        proxy.close();
        server.close();
    }

    private void startTwin() throws Exception {
        twin.start();
        await("the twin sees it", () -> twin.trouble().isPresent());
    }

    private Report report() throws Exception {
        return fleet.any().reports().get("n3");
    }

    @Test
    void aTwin_doesNothing_saysWhyAndWhatToDo_andActsWhenTheOtherOneHasLeft() throws Exception {
        startTwin();
        assertThat(twin.trouble().orElseThrow())
                .contains("node 'n3' does not act: process " + ProcessHandle.current().pid() + " on ")
                .contains("if that is the last run of this node, its session ends within 2 s, and this node joins")
                .contains("give one of them another name (the key node of the configuration aio.fleet)");
        twin.awaitJoined(); // which would never come
        fleet.any().decide(decision("new", "100%", 0));
        assertThat(fleet.awaitEnd(Phase.DONE).members()).isEqualTo(3);
        await("it is no old session", () -> twin.trouble().orElseThrow().contains("for longer than the 2 s"));
        assertThat(engine.pins).isEmpty();
        assertThat(fleet.any().client().getChildren().forPath("/aio/test/leader")).as("nor does it lead").hasSize(3);
        fleet.stop("n3");
        await("it acts", () -> report() != null && report().policy().equals("new"));
        assertThat(engine.orders).containsExactly(1L);
        assertThat(twin.trouble()).isEmpty();
        await("it may lead", () -> fleet.any().client().getChildren().forPath("/aio/test/leader").size() == 3);
    }

    @Test
    void whenTheSessionOfTheFirstOneEnds_theTwinActs_andTheFirstOneStaysAsItIs() throws Exception {
        startTwin();
        fleet.any().decide(decision("old", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("old");
        String before = report().instance();
        proxy.cut();
        await("the twin reports", () -> report() != null && !report().instance().equals(before)
                && report().policy().equals("old"));
        FleetNode first = fleet.nodes.get("n3");
        proxy.heal();
        await("the first one sees it", () -> first.trouble().filter(each -> each.contains("does not act")).isPresent());
        fleet.any().decide(decision("new", "1,100%", 0));
        assertThat(fleet.awaitEnd(Phase.DONE).members()).isEqualTo(3);
        fleet.awaitPolicy("new");
        assertThat(engine.orders).containsExactly(1L, 2L);
        assertThat(fleet.engine("n3").orders).containsExactly(1L);
        assertThat(fleet.engine("n3").pinned()).contains("old");
    }

    @Test
    void whatAnEarlierSessionOfTheSameRunHasLeft_isNoTwin() throws Exception {
        String path = "/aio/test/nodes/n1";
        FleetNode node = fleet.nodes.get("n1");
        try (CuratorFramework before = TestFleet.client(server.getConnectString())) {
            before.start();
            byte[] report = before.getData().forPath(path);
            before.delete().forPath(path);
            before.create().withMode(CreateMode.EPHEMERAL).forPath(path, report);
            long session = before.getZookeeperClient().getZooKeeper().getSessionId();
            node.client().getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
            await("it has its name", () -> before.checkExists().forPath(path).getEphemeralOwner() != session);
            await("it reports", () -> node.reports().containsKey("n1"));
            assertThat(node.trouble()).isEmpty();
        }
    }

    @Test
    void aNodeThatBeginsBeforeItsLastPinHasEnded_waitsForIt() throws Exception {
        FakeEngine slow = fleet.engine("n2");
        slow.loops = new CountDownLatch(1);
        fleet.any().decide(decision("new", "100%", 0, false, Duration.ofSeconds(60)));
        await("it pins", () -> slow.orders.contains(1L));
        fleet.stop("n2");
        FleetNode next = fleet.start("n2", server.getConnectString());
        await("it sees that", () -> next.trouble().isPresent());
        assertThat(next.trouble().orElseThrow())
                .contains("node 'n2' does not act yet: what it did before its configuration changed has not ended");
        next.awaitJoined();
        assertThat(fleet.any().reports()).doesNotContainKey("n2");
        assertThat(slow.orders).as("nobody else pins").containsExactly(1L);
        slow.loops.countDown();
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
        assertThat(slow.orders).as("what was done is known").containsExactly(1L);
        assertThat(next.trouble()).isEmpty();
    }
}
