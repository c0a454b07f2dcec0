package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.ExceptionContext;
import aio.testkit.net.BlockingClient;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * No descriptor is left for accepted connections: this is reported once a second, without spinning; open connections
 * continue, and waiting clients are served when there are descriptors again.
 */
final class AcceptScenario extends Scenario {
    private static final int WAITING = 5;
    private static final Duration LONG = Duration.ofMillis(1_500);

    @Override
    void run() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true));
        }
        try (Hoard hoard = new Hoard()) {
            long cpu = loopCpuNanos();
            hoard.takeAll();
            for (SocketChannel each : waiting) {
                each.connect(address());
            }
            until("the report", () -> !reports.isEmpty());
            pause(LONG);
            assertThat(reports).as("one report a second").hasSizeBetween(2, 4);
            for (ExceptionContext report : reports) {
                assertThat(report.message()).contains("socket.accept() out of system resource");
                assertThat(report.exception()).isInstanceOf(IOException.class);
            }
            assertThat(loopCpuNanos() - cpu).as("the loop does not spin").isLessThan(LONG.toNanos() / 4);
            assertAlive();
        }
        for (SocketChannel each : waiting) {
            clients.add(BlockingClient.over(each.socket()));
        }
        assertAlive();
        assertThat(loop.info().connections()).isEqualTo(clients.size());
        assertThat(server.isServing()).isTrue();
    }
}
