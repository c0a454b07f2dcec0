package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Versioned;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node hears of decisions. */
@Timeout(60)
class KnownTest {
    @Test
    void whatHasNotChanged_isNotReadAgain_andWhatIsDecidedIsTold() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (TestingServer server = TestFleet.server();
                CuratorFramework client = TestFleet.client(server.getConnectString())) {
            client.start();
            FleetStore store = new FleetStore(client, "test");
            try (Known known = new Known(client, store)) {
                known.start(told::incrementAndGet);
                assertThat(known.state()).isEmpty();
                store.prepare();
                await("the fleet", () -> known.state().isPresent());
                State before = known.state().orElseThrow();
                assertThat(known.state()).containsSame(before);
                await("both texts are told", () -> told.get() >= 2);
                int count = told.get();
                Versioned read = store.read();
                store.write(read, read.state().decide(decision("new", "100%", 0), List.of("n1"), 0));
                await("the decision", () -> known.state().flatMap(State::underWay).isPresent());
                await("it is told", () -> told.get() > count);
                State after = known.state().orElseThrow();
                server.stop();
                assertThat(known.state()).as("also without a server").contains(after);
            }
        }
    }
}
