package aio.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The traffic notices what a server does to it. */
@Timeout(60)
class TrafficTest {
    private static final int SIZE = 64;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void anEchoIsCounted() throws Exception {
        serve(1000, bytes -> bytes);
        try (Traffic traffic = run(1)) {
            assertThat(traffic.losses()).isEmpty();
            assertThat(traffic.slices()).isNotEmpty().allSatisfy(slice -> assertThat(slice.end()).isGreaterThan(
                    slice.begin()));
            assertThat(traffic.slices().stream().mapToLong(Slice::echoes).sum()).isPositive();
        }
    }

    @Test
    void aConnectionThatTheServerClosesIsLost() throws Exception {
        serve(2, bytes -> bytes);
        try (Traffic traffic = run(1)) {
            assertThat(traffic.losses()).hasSize(1);
        }
    }

    @Test
    void wrongBytesAreALoss() throws Exception {
        serve(1000, bytes -> {
            bytes[SIZE / 2]++;
            return bytes;
        });
        try (Traffic traffic = run(1)) {
            assertThat(traffic.losses()).singleElement().asString().contains("wrong bytes");
        }
    }

    private Traffic run(int connections) throws Exception {
        Traffic traffic = new Traffic((InetSocketAddress) server.getLocalSocketAddress(), connections, SIZE,
                Duration.ofMillis(2), Duration.ofMillis(20));
        traffic.start();
        traffic.goOn(Duration.ofMillis(300));
        traffic.end();
        return traffic;
    }

    /** Serves one connection so many echoes. */
    private void serve(int echoes, UnaryOperator<byte[]> change) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                for (int i = 0; i < echoes; i++) {
                    byte[] bytes = in.readNBytes(SIZE);
                    if (bytes.length < SIZE) {
                        return;
                    }
                    socket.getOutputStream().write(change.apply(bytes));
                }
            } catch (IOException e) {
                // the client has left
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
