package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators are told where something happens between what they decide and its end, on a real server. */
@Timeout(60)
class DecisionsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private TestingServer server;
    private CuratorFramework client;
    private FleetStore store;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        client = TestFleet.client(server.getConnectString());
        client.start();
        store = new FleetStore(client, "test");
        store.prepare();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    /** Begins a roll-out that nobody coordinates. */
    private long begin() throws Exception {
        Versioned read = store.read();
        State next = read.state().decide(decision("new", "100%", 0), List.of("n1"), 0);
        store.write(read, next);
        return next.newest();
    }

    private void delete() throws Exception {
        client.delete().deletingChildrenIfNeeded().forPath("/aio/test");
    }

    private Rollout awaitEnd(long number) throws Exception {
        return new Decisions(store, CLOCK).awaitEnd(number, new CountDownLatch(1), TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void anAbortWhoseReplyWasLost_isDone_andOneThatIsNotNeededIsRefused() throws Exception {
        long number = begin();
        AtomicInteger asked = new AtomicInteger();
        Clock between = new Clock() { // what the client does again was written by the first try
            @Override
            public Instant instant() {
                if (asked.getAndIncrement() == 0) {
                    abort(CLOCK, "anna");
                }
                return CLOCK.instant();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }
        };
        Rollout over = abort(between, "anna");
        assertThat(over.phase()).isEqualTo(Phase.ABORTED);
        assertThat(over.reason()).isEqualTo("anna has ended it");
        assertThat(store.read().state().desired().number()).as("once").isEqualTo(number + 1);
        assertThatThrownBy(() -> abort(CLOCK, "anna")).hasMessageContaining("no roll-out is under way");
    }

    private Rollout abort(Clock clock, String who) {
        try {
            return new Decisions(store, clock).abort(who);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoWaits_isTold_thatTheFleetWasDeleted() throws Exception {
        long number = begin();
        delete();
        assertThatThrownBy(() -> awaitEnd(number)).as("nobody has made it anew yet")
                .hasMessageStartingWith("fleet: the state of the fleet was deleted in ZooKeeper while number 1 ");
        store.prepare();
        assertThatThrownBy(() -> awaitEnd(number)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("fleet: the state of the fleet was deleted in ZooKeeper while number 1 ");
    }

    @Test
    void whoWaits_isTold_thatTheFleetWasDeleted_whereItsNumbersHaveBegunAgain() throws Exception {
        long number = begin();
        CountDownLatch again = new CountDownLatch(1) {
            @Override
            public boolean await(long time, TimeUnit unit) {
                try {
                    delete();
                    store.prepare();
                    begin();
                    return false;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
        assertThatThrownBy(() -> new Decisions(store, CLOCK).awaitEnd(number, again, 1))
                .hasMessageStartingWith("fleet: the state of the fleet was deleted in ZooKeeper while number 1 ");
    }

    @Test
    void whoWaits_isTold_thatTheHistoryDoesNotGoBackSoFar() throws Exception {
        long number = begin();
        new Decisions(store, CLOCK).abort("anna");
        client.delete().forPath("/aio/test/history/0000000001");
        assertThatThrownBy(() -> awaitEnd(number)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("fleet: number 1 is over, and the history does not tell how any more");
    }
}
