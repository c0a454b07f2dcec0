package aio.policy.fleet.node;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coordinator that stands still: what it saw before is no reason to take a roll-out back. */
@Timeout(60)
class CoordinatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong time = new AtomicLong(System.nanoTime());
    private TestingServer server;
    private CuratorFramework client;
    private FleetStore store;
    private Coordinator coordinator;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        client = TestFleet.client(server.getConnectString());
        client.start();
        store = new FleetStore(client, "test");
        store.prepare();
        Versioned before = store.read();
        store.write(before, before.state().decide(TestFleet.decision("new", "100%", 2_000, false, PATIENCE),
                List.of("n1", "n2"), 0));
        coordinator = new Coordinator(store, time::get, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private static Map<String, Report> reports(Answer answer) {
        return Map.of("n1", new Report("n1", "i", "new", "selector", "b", Optional.empty(), 1, answer, "",
                Duration.ZERO, 0, Instant.EPOCH));
    }

    private boolean stepAfter(Duration pause, Answer answer) throws Exception {
        time.addAndGet(pause.toNanos());
        return coordinator.step(reports(answer), () -> true);
    }

    private static Report pinnedByAnOperator(String node) {
        return new Report(node, "i", "old", "selector", "b", Optional.of("old"), 0, Answer.NONE, "", Duration.ZERO, 0,
                Instant.EPOCH);
    }

    @Test
    void whatDoesNotFitIntoOneText_endsTheRollOut_insteadOfFailingForEver() throws Exception {
        Versioned before = store.read();
        State none = before.state().abort("anna", Instant.EPOCH);
        store.write(before, none);
        Versioned read = store.read();
        List<String> names = IntStream.range(0, 45_000).mapToObj(each -> "node-" + (10_000 + each)).toList();
        store.write(read, none.decide(TestFleet.decision("new", "100%", 2_000), names, 0));
        Map<String, Report> reports = new HashMap<>();
        names.forEach(node -> reports.put(node, pinnedByAnOperator(node)));
        assertThat(coordinator.step(reports, () -> true)).isTrue();
        assertThat(rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(rollout().reason()).startsWith("more nodes do not count than one text of ZooKeeper can name: ");
    }

    private Rollout rollout() throws Exception {
        return store.read().state().rollout().orElseThrow();
    }

    @Test
    void afterItStoodStill_itReadsAndCountsAnew() throws Exception {
        assertThat(stepAfter(Duration.ZERO, Answer.WATCHED)).isTrue();
        assertThat(stepAfter(Duration.ofSeconds(40), Answer.WATCHED)).as("the reports may be old").isFalse();
        assertThat(rollout().phase()).isEqualTo(Phase.MOVING);
        assertThat(stepAfter(Duration.ofSeconds(40), Answer.WATCHED)).as("reading took that long").isTrue();
        assertThat(rollout().phase()).isEqualTo(Phase.MOVING);
        Duration pause = Duration.ofSeconds(4);
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(pause)) {
            assertThat(rollout().phase()).as(waited + " waited").isEqualTo(Phase.MOVING);
            assertThat(stepAfter(pause, Answer.WATCHED)).isTrue();
        }
        assertThat(rollout().phase()).as("n2 is missed").isEqualTo(Phase.ROLLED_BACK);
        assertThat(rollout().reason()).isEqualTo("node 'n2' is cut off or has left, for 32.0 s");
    }

    @Test
    void whoLeadsNoLongerWhenItHasRead_judgesNothing() throws Exception {
        assertThat(coordinator.step(reports(Answer.ROLLED_BACK), () -> false)).isFalse();
        assertThat(rollout().phase()).isEqualTo(Phase.MOVING);
        assertThat(coordinator.step(reports(Answer.ROLLED_BACK), () -> true)).isTrue();
        assertThat(rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }
}
