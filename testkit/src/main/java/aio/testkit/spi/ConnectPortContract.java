package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.ConnectPort;
import aio.spi.StreamPort;
import aio.testkit.FreePort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What the port of a connect in progress guarantees. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class ConnectPortContract extends DriverFixture {
    private final RecordingEvents events = recorder();

    private SocketChannel connecting(SocketAddress address) throws IOException {
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThat(channel.connect(address)).as("connected at once").isFalse();
        return channel;
    }

    @Test
    void connect_succeeds_onceAndIsThenAStream() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = connecting(server.getLocalAddress());
        ConnectPort port = driver.connect(channel, events);
        assertThat(events.log()).isEmpty();
        turnUntil(() -> !events.log().isEmpty());
        // with the interest kept, every poll after the event would return at once
        assertPollWaits();
        driver.dispatch();
        assertThat(events.log()).containsExactly("connected");
        assertThat(channel.isConnected()).isTrue();
        port.release();
        RecordingEvents streaming = recorder();
        StreamPort stream = driver.adopt(channel, streaming);
        stream.resumeReading();
        SocketChannel peer = closing(server.accept());
        peer.write(Pair.bytes("hi"));
        turnUntil(() -> streaming.received() == 2);
    }

    @Test
    void connect_refused_failsOnce() throws IOException {
        SocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
        SocketChannel channel = connecting(nobody);
        driver.connect(channel, events);
        turnUntil(() -> !events.log().isEmpty());
        turn();
        assertThat(events.log()).containsExactly("failed");
        assertThat(events.failures().get(0)).isInstanceOf(ConnectException.class);
    }

    @Test
    void connect_released_deliversNothing() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = connecting(server.getLocalAddress());
        ConnectPort port = driver.connect(channel, events);
        driver.poll(-1);
        port.release();
        driver.dispatch();
        assertThat(events.log()).isEmpty();
        assertThat(channel.isConnectionPending()).isTrue();
    }

    @Test
    void connect_notPending_isRefused() throws IOException {
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThatThrownBy(() -> driver.connect(channel, events)).isInstanceOf(IOException.class);
        assertThat(channel.isRegistered()).isFalse();
    }
}
