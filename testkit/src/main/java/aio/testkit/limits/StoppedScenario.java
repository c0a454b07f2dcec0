package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process is stopped again and again, for longer than a probe may take, while policies change and connections are
 * served: no policy is refused, no driver blamed and no connection lost for that. Makes a file {@code begin} in its
 * folder, and ends when there is a file {@code end}.
 */
final class StoppedScenario extends Scenario {
    private static final Duration TICK = Duration.ofMillis(10);

    private final AtomicLong ticks = new AtomicLong();

    /** A factory that no loop has used, so that it is probed. */
    private record Fresh(IoDriverFactory real) implements IoDriverFactory {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Set<DriverFeature> features() {
            return real.features();
        }

        @Override
        public IoDriver open(DriverContext context) throws IOException {
            return real.open(context);
        }
    }

    @Override
    void run() throws Exception {
        PolicyDirectory registry = EventLoops.policyDirectory();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path end = folder.resolve("end");
        loop.callSoonThreadsafe(this::tick);
        List<String> refused = new ArrayList<>();
        boolean first = true;
        Files.createFile(folder.resolve("begin"));
        while (!Files.exists(end)) {
            IoDriverFactory next = first ? other : driver;
            first = !first;
            EventLoops.setEventLoopPolicy(new PolicyOn(new Fresh(next)));
            registry.policies().stream()
                    .filter(each -> each.state() == PolicyState.REFUSED)
                    .map(PolicyInfo::why)
                    .forEach(why -> refused.add(why.toString()));
            assertAlive();
            until("the loop follows", () -> loop.info().driver().orElse("").equals(next.name()));
        }
        assertThat(refused).isEmpty();
        assertThat(registry.history()).extracting(PolicyChange::lost).containsOnly(0);
        assertThat(reports).isEmpty();
        assertThat(warnings()).isEmpty();
        long before = ticks.get();
        until("timers continue", () -> ticks.get() > before + 2);
    }

    private void tick() {
        ticks.incrementAndGet();
        loop.callLater(TICK, this::tick);
    }
}
