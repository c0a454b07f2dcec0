package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriverFactory;
import aio.spi.WatchPort;
import aio.testkit.spi.DriverFixture;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class SelectorWatchPortTest extends DriverFixture {
    private final RecordingEvents events = recorder();

    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    private Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink()).configureBlocking(false);
        return pipe;
    }

    @Test
    void watch_startsWithNoInterest() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.watch(pair.ours(), events);
        pair.send("x");
        turn();
        assertThat(events.log()).isEmpty();
    }

    @Test
    void readable_isLevelTriggered() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.watch(pair.ours(), events);
        port.interest(true, false);
        pair.send("x");
        turnUntil(() -> events.log().size() == 3);
        assertThat(events.log()).containsOnly("readable");
        pair.ours().read(ByteBuffer.allocate(1));
        turn();
        assertThat(events.log()).hasSize(3);
    }

    @Test
    void both_readableComesFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        pair.send("x");
        WatchPort reading = driver.watch(pair.ours(), events);
        reading.interest(true, false);
        driver.poll(-1);
        reading.interest(true, true);
        driver.dispatch();
        events.log().clear();
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.log()).containsExactly("readable", "writable");
        reading.interest(false, true);
        events.log().clear();
        turn();
        assertThat(events.log()).containsExactly("writable");
        reading.interest(false, false);
        turn();
        assertThat(events.log()).containsExactly("writable");
    }

    @Test
    void readable_withdrawsWriting_writableIsNotDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        pair.send("x");
        WatchPort port = driver.watch(pair.ours(), events);
        events.on("readable", () -> port.interest(false, false));
        port.interest(true, true);
        turnUntil(() -> events.log().contains("readable"));
        turn();
        assertThat(events.log()).endsWith("readable").containsOnlyOnce("readable");
    }

    @Test
    void readingWithdrawnSincePoll_onlyWritableIsDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        pair.send("x");
        WatchPort port = driver.watch(pair.ours(), events);
        port.interest(true, false);
        driver.poll(-1);
        port.interest(true, true);
        driver.poll(0);
        port.interest(false, true);
        driver.dispatch();
        assertThat(events.log()).containsExactly("writable");
    }

    @Test
    void listeningSocket_isReadableWhenItCanAccept() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        server.configureBlocking(false);
        WatchPort port = driver.watch(server, events);
        port.interest(true, false);
        closing(SocketChannel.open(server.getLocalAddress()));
        turnUntil(() -> events.log().contains("readable"));
        assertThat(closing(server.accept())).isNotNull();
        assertThatThrownBy(() -> port.interest(true, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a ServerSocketChannel cannot be watched for writing, only for reading");
    }

    @Test
    void pipe_isWatchedOneWay() throws IOException {
        Pipe pipe = pipe();
        WatchPort source = driver.watch(pipe.source(), events);
        WatchPort sink = driver.watch(pipe.sink(), events);
        assertThatThrownBy(() -> source.interest(false, true))
                .hasMessage("a SourceChannel cannot be watched for writing, only for reading");
        assertThatThrownBy(() -> sink.interest(true, false))
                .hasMessage("a SinkChannel cannot be watched for reading, only for writing");
        source.interest(true, false);
        turn();
        assertThat(events.log()).isEmpty();
        sink.interest(false, true);
        turnUntil(() -> events.log().contains("writable"));
        sink.interest(false, false);
        pipe.sink().write(Pair.bytes("x"));
        turnUntil(() -> events.log().contains("readable"));
    }

    @Test
    void pipe_closedByTheWriter_isReadable() throws IOException {
        Pipe pipe = pipe();
        driver.watch(pipe.source(), events).interest(true, false);
        pipe.sink().close();
        turnUntil(() -> events.log().contains("readable"));
        assertThat(pipe.source().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void datagram_isWatchedBothWays() throws IOException {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        WatchPort port = driver.watch(channel, events);
        port.interest(true, true);
        turnUntil(() -> events.log().contains("writable"));
        channel.send(Pair.bytes("x"), channel.getLocalAddress());
        turnUntil(() -> events.log().contains("readable"));
    }

    @Test
    void connect_inProgress_isWritableWhenDoneAndAfterwards() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThat(channel.connect(server.getLocalAddress())).isFalse();
        driver.watch(channel, events).interest(false, true);
        turnUntil(() -> events.log().contains("writable"));
        assertThat(channel.finishConnect()).isTrue();
        events.log().clear();
        turnUntil(() -> events.log().contains("writable"));
    }

    @Test
    void connect_begunAfterTheInterest_isWritableWhenDone() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        driver.watch(channel, events).interest(false, true);
        assertThat(channel.connect(server.getLocalAddress())).isFalse();
        turnUntil(() -> events.log().contains("writable"));
        assertThat(channel.finishConnect()).isTrue();
    }

    @Test
    void broken_isReadyForBoth() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.watch(pair.ours(), events);
        port.interest(true, false);
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        turnUntil(() -> events.log().contains("readable"));
        port.interest(true, true);
        events.log().clear();
        turn();
        assertThat(events.log()).containsExactly("readable", "writable");
    }
}
