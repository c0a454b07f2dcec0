package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aio.spi.DriverFeature;
import aio.spi.WatchPort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the port of a channel guarantees on which the loop itself operates. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class RawPortContract extends DriverFixture {
    private final RecordingEvents events = recorder();

    @BeforeEach
    final void needsRawSockets() {
        assumeThat(factory().features().contains(DriverFeature.RAW_SOCKETS)).isTrue();
    }

    @Test
    void serveRaw_startsWithNoInterest_andIsLevelTriggered() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        pair.send("x");
        turn();
        assertThat(events.log()).isEmpty();
        port.interest(true, false);
        turnUntil(() -> events.log().size() == 3);
        pair.ours().read(ByteBuffer.allocate(1));
        turn();
        assertThat(events.log()).containsExactly("readable", "readable", "readable");
    }

    @Test
    void interestWithdrawnInsideAnEvent_deliversNoMore() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        events.on("readable", () -> port.interest(false, false));
        port.interest(true, true);
        turnUntil(() -> events.log().contains("writable"));
        pair.send("x");
        turnUntil(() -> events.log().contains("readable"));
        int size = events.log().size();
        turn();
        assertThat(events.log()).hasSize(size);
        assertThat(events.log().get(size - 1)).isEqualTo("readable");
    }

    @Test
    void interestWithdrawnSincePoll_isNotDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        port.interest(true, false);
        pair.send("x");
        driver.poll(-1);
        port.interest(false, false);
        driver.dispatch();
        turn();
        assertThat(events.log()).isEmpty();
        port.interest(true, false);
        turnUntil(() -> events.log().contains("readable"));
    }

    @Test
    void released_deliversNothing_andTheChannelIsFree() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        port.interest(true, true);
        driver.poll(-1);
        port.release();
        driver.dispatch();
        turn();
        assertThat(events.log()).isEmpty();
        driver.serveRaw(pair.ours(), events).interest(false, true);
        turnUntil(() -> events.log().contains("writable"));
    }

    @Test
    void connect_inProgress_isWritableWhenDone() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThat(channel.connect(server.getLocalAddress())).isFalse();
        driver.serveRaw(channel, events).interest(false, true);
        turnUntil(() -> events.log().contains("writable"));
        assertThat(channel.finishConnect()).isTrue();
    }

    @Test
    void listeningSocket_isReadableOnly() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        server.configureBlocking(false);
        WatchPort port = driver.serveRaw(server, events);
        port.interest(true, false);
        closing(SocketChannel.open(server.getLocalAddress()));
        turnUntil(() -> events.log().contains("readable"));
        assertThat(closing(server.accept())).isNotNull();
        assertThatThrownBy(() -> port.interest(false, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
