package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.transport.DatagramProtocol;
import aio.transport.ReadPipeProtocol;
import aio.transport.StreamProtocol;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** No descriptor is left for anything that is opened: the cause is told, nothing is left behind, and later it works. */
final class OpenScenario extends Scenario {
    private static final String NAME = "name.that.nobody.has.invalid";

    private final Map<String, Callable<@Nullable LoopFuture<?>>> operations = new LinkedHashMap<>();

    @Override
    void run() throws Exception {
        Path socket = Path.of(System.getProperty("java.io.tmpdir"), "s");
        Path absent = Path.of(System.getProperty("java.io.tmpdir"), "t");
        loop.createUnixServer(Echo::new, socket).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        operations.put("connection", () -> loop.createConnection(Quiet::new, "127.0.0.1", address().getPort()));
        operations.put("connection by name", () -> loop.createConnection(Quiet::new, "localhost", address().getPort()));
        operations.put("name", () -> loop.getaddrinfo(NAME, 80));
        operations.put("Unix connection", () -> loop.createUnixConnection(Quiet::new, socket));
        operations.put("server", () -> loop.createServer(Quiet::new, "127.0.0.1", 0));
        operations.put("server everywhere", () -> loop.createServer(Quiet::new, "", 0));
        operations.put("Unix server", () -> loop.createUnixServer(Quiet::new, absent));
        operations.put("datagrams",
                () -> loop.createDatagramEndpoint(Datagrams::new, DatagramOptions.at("127.0.0.1", 0)));
        operations.put("pipe",
                () -> loop.connectReadPipe(Bytes::new, new ByteArrayInputStream(new byte[1])));
        operations.put("loop", this::newLoop);
        List<String> descriptors = Hoard.others();
        try (Hoard hoard = new Hoard()) {
            for (Map.Entry<String, Callable<@Nullable LoopFuture<?>>> each : operations.entrySet()) {
                hoard.takeAll(); // a socket that was closed is let go with the next poll only
                Throwable failure = failureOf(each.getValue());
                assertThat(failure).as(each.getKey()).isNotNull();
                assertThat(failure.toString()).as(each.getKey()).containsPattern("Too many open|ulimit -n");
                assertAlive();
            }
        }
        until("nothing is left", () -> Hoard.others().size() <= descriptors.size());
        for (Map.Entry<String, Callable<@Nullable LoopFuture<?>>> each : operations.entrySet()) {
            Throwable failure = failureOf(each.getValue());
            boolean isAbsent = failure instanceof UnknownHostException;
            assertThat(isAbsent ? null : failure).as("%s, later", each.getKey()).isNull();
            assertThat(String.valueOf(failure)).as("%s, later", each.getKey()).doesNotContain("ulimit");
        }
        assertThat(reports).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    private @Nullable LoopFuture<?> newLoop() {
        EventLoop made = EventLoops.newEventLoop();
        made.close();
        return null;
    }

    private static @Nullable Throwable failureOf(Callable<@Nullable LoopFuture<?>> operation) throws Exception {
        try {
            LoopFuture<?> future = operation.call();
            if (future != null) {
                future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (RuntimeException | IOException e) {
            return e;
        }
    }

    /** Accepts everything. */
    private static final class Quiet implements StreamProtocol {}

    /** Accepts everything. */
    private static final class Datagrams implements DatagramProtocol {}

    /** Accepts everything. */
    private static final class Bytes implements ReadPipeProtocol {}
}
