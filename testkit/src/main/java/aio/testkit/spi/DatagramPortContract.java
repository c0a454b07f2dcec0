package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DatagramPort;
import aio.spi.IoDriver;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the port of a datagram socket guarantees. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class DatagramPortContract extends DriverFixture {
    /** What the driver has delivered. */
    protected final RecordingDatagrams events = new RecordingDatagrams(readsAhead());
    /** The end in the hands of the driver. */
    protected DatagramChannel ours;
    /** The other end. */
    protected DatagramChannel peer;

    @BeforeEach
    void openChannels() throws IOException {
        ours = open();
        peer = open();
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        return channel;
    }

    /** Sends one datagram from the peer. */
    protected final void sendToOurs(String text) throws IOException {
        peer.send(Pair.bytes(text), ours.getLocalAddress());
    }

    /** Returns how many datagrams the driver delivers to one port in one dispatch, so that others have their turn. */
    protected int receivesADispatch() {
        return 16;
    }

    @Test
    void adopt_startsPaused() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        sendToOurs("a");
        turn();
        assertThat(events.texts()).isEmpty();
        port.resumeReceiving();
        turnUntil(() -> events.texts().size() == 1);
        assertThat(events.texts()).containsExactly("a");
        assertThat(events.senders()).containsExactly(peer.getLocalAddress());
    }

    @Test
    void datagrams_keepTheirBorders_alsoEmptyOnes() throws IOException {
        driver.adopt(ours, events).resumeReceiving();
        for (String text : List.of("a", "", "bc")) {
            sendToOurs(text);
        }
        turnUntil(() -> events.texts().size() == 3);
        assertThat(events.texts()).containsExactly("a", "", "bc");
    }

    @Test
    void pausedInsideAnEvent_deliversNoMore() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        events.onReceived(port::pauseReceiving);
        port.resumeReceiving();
        sendToOurs("a");
        sendToOurs("b");
        turnUntil(() -> events.texts().size() == 1);
        turn();
        assertThat(events.texts()).containsExactly("a");
        port.resumeReceiving();
        turnUntil(() -> events.texts().size() == 2);
    }

    @Test
    void manyDatagrams_letOthersIn() throws IOException {
        for (int i = 0; i < 40; i++) {
            sendToOurs("x");
        }
        driver.adopt(ours, events).resumeReceiving();
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.texts()).hasSize(receivesADispatch());
        turnUntil(() -> events.texts().size() == 40);
    }

    @Test
    void send_isTakenAtOnce() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        ByteBuffer data = Pair.bytes("out");
        assertThat(port.send(data, peer.getLocalAddress())).isTrue();
        assertThat(data.hasRemaining()).isFalse();
        assertThat(port.send(ByteBuffer.allocate(0), peer.getLocalAddress())).isTrue();
        turn();
        assertThat(events.writableCount()).isZero();
        peer.configureBlocking(true);
        ByteBuffer received = ByteBuffer.allocate(10);
        peer.receive(received);
        assertThat(received.position()).isEqualTo(3);
        assertThat(peer.receive(received)).isEqualTo(ours.getLocalAddress());
        assertThat(received.position()).isEqualTo(3);
    }

    @Test
    void tooLarge_fails_andThePortWorksOn() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        SocketAddress target = peer.getLocalAddress();
        assertThatThrownBy(() -> port.send(ByteBuffer.allocate(70_000), target)).isInstanceOf(IOException.class);
        sendToOurs("a");
        turnUntil(() -> events.texts().contains("a"));
    }

    @Test
    void refusal_isDeliveredOnce_andThePortWorksOn() throws IOException {
        SocketAddress target = peer.getLocalAddress();
        ours.connect(target);
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        peer.close();
        port.send(Pair.bytes("x"), target);
        turnUntil(() -> !events.failures().isEmpty());
        assertThat(events.failures()).hasSize(1).hasOnlyElementsOfType(PortUnreachableException.class);
        peer = closing(DatagramChannel.open().bind(target));
        sendToOurs("back");
        turnUntil(() -> events.texts().contains("back"));
    }

    @Test
    void pausedBetweenPollAndDispatch_deliversWhenResumed() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        driver.poll(-1);
        port.pauseReceiving();
        driver.dispatch();
        turn();
        assertThat(events.texts()).isEmpty();
        port.resumeReceiving();
        turnUntil(() -> events.texts().contains("a"));
    }

    @Test
    void released_canBeAdoptedByAnother_withoutLoss() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        sendToOurs("b");
        driver.poll(-1);
        port.release();
        port.release();
        driver.dispatch();
        assertThat(events.texts()).isEmpty();
        IoDriver next = open("next");
        next.adopt(ours, events).resumeReceiving();
        turnUntil(next, () -> events.texts().contains("b"));
        List<String> all = new ArrayList<>(events.unread());
        all.addAll(events.texts());
        assertThat(all).containsExactly("a", "b");
    }
}
