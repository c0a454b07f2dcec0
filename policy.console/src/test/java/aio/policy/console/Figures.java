package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.ConnectionState;
import aio.loop.Distribution;
import aio.loop.LoopBlock;
import aio.loop.LoopStatistics;
import aio.loop.TaskInfo;
import aio.loop.UserLoad;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    record Connection(
            long id, String loop, Optional<SocketAddress> peer, Optional<SocketAddress> local, long bytesReceived,
            long bytesSent, long bytesQueued, Duration age, ConnectionState state, boolean isReading,
            Optional<String> tls, String protocol, Optional<BundleId> bundle)
            implements ConnectionInfo {}

    static Connection connection(long id, boolean reading, Duration age) {
        return new Connection(id, "shared", Optional.of(new InetSocketAddress("127.0.0.1", 50_000)),
                Optional.of(new InetSocketAddress("::1", 8080)), 1536, 20, 0, age, ConnectionState.OPEN, reading,
                Optional.of("TLSv1.3"), "com.example.Protocol", Optional.of(new BundleId("com.example", 42)));
    }

    static Connection bareConnection(long id) {
        return new Connection(id, "shared", Optional.empty(), Optional.empty(), 0, 0, 0, Duration.ZERO,
                ConnectionState.LOST, false, Optional.empty(), "com.example.Protocol", Optional.empty());
    }

    record Task(
            long id, String name, String loop, String work, Optional<BundleId> bundle, boolean hasBegun,
            boolean isCancelling, List<String> waitsFor, OptionalLong waitsForTask)
            implements TaskInfo {}

    /** Returns a task that waits for things and, unless that is 0, another task. */
    static Task task(long id, long other, String... waitsFor) {
        return new Task(id, "Task-" + id, "shared", "com.example.Fetch", Optional.of(new BundleId("com.example", 42)),
                true, false, List.of(waitsFor), other == 0 ? OptionalLong.empty() : OptionalLong.of(other));
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
