package aio.policy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.node.Engine;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.node.MemoryFile;
import aio.policy.fleet.node.Pace;
import aio.policy.fleet.node.Settings;
import aio.policy.fleet.rollout.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.curator.test.TestingServer;

/** The only node of a fleet, on which every policy works. Any thread. */
final class LoneNode implements Engine {
    private static final long SECONDS = 30;

    private volatile String pinned = "";

    private LoneNode() {}

    static FleetNode start(TestingServer server, Path folder) throws Exception {
        FleetNode node = make(server.getConnectString(), folder);
        node.start();
        return node;
    }

    /** Returns a node that has not been started. */
    static FleetNode make(String connect, Path folder) throws IOException {
        return make(connect, folder, System::nanoTime);
    }

    static FleetNode make(String connect, Path folder, LongSupplier nanos) throws IOException {
        return new FleetNode(
                new Settings(connect, "test", "n1", Optional.empty(), Optional.empty(), Duration.ofSeconds(10)),
                new LoneNode(), new MemoryFile(folder.resolve("memory")),
                new Pace(Duration.ofMillis(200), Duration.ofMillis(50)), nanos, Clock.systemUTC());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("it does not come").isNegative();
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Optional<String> pinned() {
        return Optional.of(pinned).filter(each -> !each.isEmpty());
    }

    @Override
    public Trial take(Order order) {
        pinned = order.policy();
        return trial();
    }

    @Override
    public void pin(String policy, String who) {
        pinned = policy;
    }

    @Override
    public Trial trial() {
        return new Trial(Verdict.KEPT, "");
    }

    @Override
    public boolean works(String policy) {
        return true;
    }

    @Override
    public String trouble(String policy) {
        return "nothing";
    }

    @Override
    public Facts facts() {
        return new Facts(pinned.isEmpty() ? "default" : pinned, "selector", "bundle [7]", Duration.ofMillis(1), 0,
                Instant.EPOCH);
    }
}
