package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A raw channel that its user closes ends the operations that wait on it, even if the driver was exchanged meanwhile.
 */
@Asyncio("eventloop#loop.sock_recv")
public abstract class RawSocketCloseContract extends ExchangingContract {

    /** For subclasses. */
    protected RawSocketCloseContract() {}

    private void assertClosingEnds(boolean exchange, SelectableChannel channel, List<? extends LoopFuture<?>> waiting)
            throws Exception {
        running.turns(3);
        if (exchange) {
            exchange();
        }
        assertThat(waiting).noneMatch(LoopFuture::isDone);
        channel.close();
        for (LoopFuture<?> each : waiting) {
            assertThat(failureOf(() -> each)).isInstanceOf(ClosedChannelException.class);
        }
        assertThat(loop.info().watched()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofAStream(boolean exchange) throws Exception {
        SocketChannel channel = pair().ours();
        channel.configureBlocking(false);
        while (channel.write(ByteBuffer.allocate(100_000)) > 0) {
            assertThat(channel.isOpen()).isTrue();
        }
        assertClosingEnds(exchange, channel, List.of(
                loop.sockRecv(channel, 10),
                loop.sockRecvInto(channel, ByteBuffer.allocate(10)),
                loop.sockSendall(channel, ByteBuffer.allocate(10))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Asyncio("eventloop#loop.sock_accept")
    void ofAListener(boolean exchange) throws Exception {
        ServerSocketChannel channel = listen();
        channel.configureBlocking(false);
        assertClosingEnds(exchange, channel, List.of(loop.sockAccept(channel), loop.sockAccept(channel)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Asyncio("eventloop#loop.sock_recvfrom")
    void ofDatagrams(boolean exchange) throws Exception {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
        assertClosingEnds(exchange, channel, List.of(loop.sockRecvfrom(channel, 10)));
    }
}
