package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet with a digest: who does not have it reads nothing, decides nothing, and is in no roll-out. */
@Timeout(60)
class DigestTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(50));

    private static final List<ACL> OPEN =
            Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone")));

    @TempDir
    private Path folder;

    private FleetNode start(TestingServer server, String name, FakeEngine engine, Optional<String> digest)
            throws Exception {
        return start(TestFleet.settings(name, server.getConnectString(), digest), engine);
    }

    private FleetNode start(Settings settings, FakeEngine engine) throws Exception {
        FleetNode node = new FleetNode(settings, engine, new MemoryFile(folder.resolve(settings.node())), PACE,
                System::nanoTime, Clock.systemUTC());
        node.start();
        return node;
    }

    @Test
    void withAnotherDigest_orNone_nothingIsReadOrDecided() throws Exception {
        FakeEngine engine = new FakeEngine("new");
        FakeEngine untouched = new FakeEngine("new");
        try (TestingServer server = TestFleet.server();
                FleetNode right = start(server, "n1", engine, Optional.of("aio:secret"))) {
            await("it is in", () -> right.reports().size() == 1);
            try (FleetNode wrong = start(server, "n2", untouched, Optional.of("aio:guess"));
                    FleetNode none = start(server, "n3", untouched, Optional.empty())) {
                await("they are connected", () -> wrong.isConnected() && none.isConnected());
                for (FleetNode each : new FleetNode[] {wrong, none}) {
                    each.awaitJoined(); // which does not come, as it knows
                    assertThatThrownBy(each::state).isInstanceOf(KeeperException.NoAuthException.class);
                    assertThatThrownBy(() -> each.decide(decision("new", "100%", 0)))
                            .isInstanceOf(KeeperException.NoAuthException.class);
                }
                right.decide(decision("new", "100%", 0));
                await("its end", () -> right.state().underWay().isEmpty());
                assertThat(right.state().rollout().orElseThrow().phase()).isEqualTo(Phase.DONE);
                assertThat(right.state().rollout().orElseThrow().members()).isEqualTo(1);
            }
        }
        assertThat(engine.pins).containsExactly("new");
        assertThat(untouched.pins).isEmpty();
    }

    private static Settings settings(String connect, String fleet) {
        return new Settings(connect, fleet, "node-of-" + fleet, Optional.of(fleet + ":secret"), Optional.empty(),
                TestFleet.SESSION);
    }

    @Test
    void twoFleets_withADigestEach_decideOnOneServer_andNeitherReadsTheOther() throws Exception {
        FakeEngine ofEdge = new FakeEngine("new");
        FakeEngine ofCore = new FakeEngine("new");
        try (TestingServer server = TestFleet.server();
                FleetNode edge = start(settings(server.getConnectString(), "edge"), ofEdge)) {
            await("the first fleet", () -> edge.reports().size() == 1);
            try (FleetNode core = start(settings(server.getConnectString(), "core"), ofCore)) {
                await("the second fleet", () -> core.reports().size() == 1);
                for (FleetNode each : List.of(edge, core)) {
                    each.decide(decision("new", "100%", 0));
                    await("its end", () -> each.state().underWay().isEmpty());
                    assertThat(each.state().rollout().orElseThrow().phase()).isEqualTo(Phase.DONE);
                }
                assertThatThrownBy(() -> core.client().getChildren().forPath("/aio/edge"))
                        .isInstanceOf(KeeperException.NoAuthException.class);
                assertThatThrownBy(() -> core.client().getData().forPath("/aio/edge/desired"))
                        .isInstanceOf(KeeperException.NoAuthException.class);
                assertThatThrownBy(() -> core.client().delete().deletingChildrenIfNeeded().forPath("/aio/edge"))
                        .isInstanceOf(KeeperException.NoAuthException.class);
                assertThatThrownBy(() -> edge.client().getChildren().forPath("/aio/core"))
                        .isInstanceOf(KeeperException.NoAuthException.class);
                assertThatThrownBy(() -> core.client().setACL().withACL(OPEN).forPath("/aio"))
                        .as("nor closes or opens what is above").isInstanceOf(KeeperException.NoAuthException.class);
            }
        }
        assertThat(ofEdge.pins).containsExactly("new");
        assertThat(ofCore.pins).containsExactly("new");
    }
}
