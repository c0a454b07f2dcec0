package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet with a digest: who does not have it reads nothing, decides nothing, and is in no roll-out. */
@Timeout(60)
class DigestTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(50));

    @TempDir
    private Path folder;

    private FleetNode start(TestingServer server, String name, FakeEngine engine, Optional<String> digest)
            throws Exception {
        FleetNode node = new FleetNode(TestFleet.settings(name, server.getConnectString(), digest), engine,
                new MemoryFile(folder.resolve(name)), PACE, System::nanoTime, Clock.systemUTC());
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
}
