package aio.driver.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReadinessTest {

    @Test
    void writing_isTheEndOfAConnect_untilTheSocketIsConnected() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(); SocketChannel client = SocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(Readiness.of(client, false, true)).isEqualTo(SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
            client.connect(server.getLocalAddress());
            assertThat(Readiness.of(client, false, true)).isEqualTo(SelectionKey.OP_WRITE);
            assertThat(Readiness.of(client, true, true)).isEqualTo(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            assertThat(Readiness.of(client, false, false)).isZero();
            assertThat(Readiness.of(server, true, false)).isEqualTo(SelectionKey.OP_ACCEPT);
        }
    }

    @Test
    void directionThatAChannelHasNot_isRefused_namingItsKind() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
            assertThatIllegalArgumentException().isThrownBy(() -> Readiness.of(source, true, true))
                    .withMessage("a SourceChannel cannot be watched for writing, only for reading");
            assertThatIllegalArgumentException().isThrownBy(() -> Readiness.of(sink, true, false))
                    .withMessage("a SinkChannel cannot be watched for reading, only for writing");
        }
    }
}
