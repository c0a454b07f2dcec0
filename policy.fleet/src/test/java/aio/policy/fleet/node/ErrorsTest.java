package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.store.FleetStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is out of memory or threads for a moment: the work of its node goes on. */
@Timeout(60)
class ErrorsTest {
    @TempDir
    private Path folder;

    private TestingServer server;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        fleet = new TestFleet(folder);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        server.close();
    }

    @Test
    void anErrorInALook_endsThatLookAlone() throws Exception {
        fleet.startAll(1, server.getConnectString());
        FakeEngine engine = fleet.engine("n1");
        engine.wrong.set(new OutOfMemoryError("made up"));
        await("the error", () -> engine.wrong.get() == null);
        engine.operatorPins("old");
        await("a report", () -> fleet.any().reports().get("n1").localPin().isPresent());
        int looks = engine.looks.get();
        await("looks that nobody asked for", () -> engine.looks.get() >= looks + 3);
    }

    @Test
    void anErrorOfTheCoordinator_endsNoRollOut() throws Exception {
        AtomicBoolean wrong = new AtomicBoolean();
        fleet.start("n1", server.getConnectString(), () -> {
            if (Thread.currentThread().getName().equals("aio-fleet-coordinator") && wrong.getAndSet(false)) {
                throw new OutOfMemoryError("made up");
            }
            return System.nanoTime();
        }, Clock.systemUTC());
        await("the node", () -> fleet.any().reports().size() == 1);
        wrong.set(true);
        fleet.any().decide(decision("new", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        assertThat(wrong).isFalse();
    }

    @Test
    void anElectionThatCannotBegin_beginsAtTheNextLook() throws Exception {
        try (CuratorFramework client = TestFleet.client(server.getConnectString())) {
            client.start();
            FleetStore store = new FleetStore(client, "test");
            store.prepare();
            AtomicInteger made = new AtomicInteger();
            Place place = new Place(store, TestFleet.settings("n1", server.getConnectString(), Optional.empty()),
                    System::nanoTime, () -> new LeaderLatch(client, store.leaderPath(), "n1") {
                        private final boolean first = made.getAndIncrement() == 0;

                        @Override
                        public void start() throws Exception {
                            super.start();
                            if (first) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                        }
                    });
            assertThatThrownBy(() -> place.take("i")).isInstanceOf(OutOfMemoryError.class);
            assertThat(place.isHeld()).isFalse();
            assertThat(place.take("i")).isTrue();
            await("it leads", place::leads);
            await("what failed takes no part", () -> client.getChildren().forPath(store.leaderPath()).size() == 1);
            place.leave(true);
        }
    }
}
