package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.Distribution;
import aio.loop.LoopBlock;
import aio.loop.LoopStatistics;
import aio.loop.UserLoad;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What loops have counted, were busy with and were held up by, to be shown. */
final class Figures {
    private Figures() {}

    record Load(String loop, Optional<String> type, Optional<BundleId> bundle, Duration busy) implements UserLoad {
        Load(String loop, String type, String bundle, long millis) {
            this(loop, Optional.of(type), Optional.of(new BundleId(bundle, 42)), Duration.ofMillis(millis));
        }
    }

    record Block(
            String loop, String thread, Instant since, Duration lasted, boolean isOver, Optional<String> culprit,
            Optional<BundleId> bundle, List<String> stack)
            implements LoopBlock {}

    static Block block(String loop, boolean over) {
        return new Block(loop, "aio-loop-" + loop, Instant.parse("2026-01-02T03:04:05Z"), Duration.ofMillis(1234), over,
                Optional.of("com.example.Client"), Optional.of(new BundleId("com.example", 42)),
                List.of("java.net.Socket.read", "com.example.Client.ask"));
    }

    static Block blockByNobody(String loop) {
        return new Block(loop, "runner", Instant.parse("2026-01-02T03:04:05Z"), Duration.ofMillis(150), true,
                Optional.empty(), Optional.empty(), List.of());
    }

    /** Returns statistics of a loop that was busy so long, and has done that number of everything else. */
    static LoopStatistics statistics(String loop, long ageMillis, long busyMillis, long number) {
        Class<?>[] types = {LoopStatistics.class};
        return (LoopStatistics) Proxy.newProxyInstance(Figures.class.getClassLoader(), types, (proxy, method, given) ->
                switch (method.getName()) {
                    case "loop" -> loop;
                    case "age" -> Duration.ofMillis(ageMillis);
                    case "busy" -> Duration.ofMillis(busyMillis);
                    case "waiting" -> Duration.ofMillis(ageMillis - busyMillis);
                    case "utilization" -> (double) busyMillis / ageMillis;
                    case "delay", "timerDelay", "pauses" -> distribution();
                    case "since" -> since((LoopStatistics) proxy, (LoopStatistics) given[0]);
                    case "toString" -> loop;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == given[0];
                    default -> number;
                });
    }

    private static LoopStatistics since(LoopStatistics now, LoopStatistics before) {
        return statistics(now.loop(), now.age().minus(before.age()).toMillis(),
                now.busy().minus(before.busy()).toMillis(), now.turns() - before.turns());
    }

    private static Distribution distribution() {
        Class<?>[] types = {Distribution.class};
        return (Distribution) Proxy.newProxyInstance(Figures.class.getClassLoader(), types, (proxy, method, given) ->
                switch (method.getName()) {
                    case "count" -> 3L;
                    case "percentile" -> Duration.ofMillis(((Double) given[0]).longValue());
                    default -> Duration.ofMillis(120);
                });
    }
}
