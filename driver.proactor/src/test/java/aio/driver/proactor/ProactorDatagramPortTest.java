package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProactorDatagramPortTest extends DriverTestBase {
    private final Received events = new Received();
    private DatagramChannel ours;
    private DatagramChannel peer;

    /** Writes down what is delivered. */
    private static final class Received implements DatagramEvents {
        final List<String> texts = new ArrayList<>();
        final List<SocketAddress> senders = new ArrayList<>();
        final List<IOException> failures = new ArrayList<>();
        final List<String> unread = new ArrayList<>();
        Runnable onReceived = () -> {};
        int writable;

        @Override
        public @Nullable ByteBuffer receiveBuffer() {
            throw new AssertionError("this driver has buffers of its own");
        }

        @Override
        public boolean received(ByteBuffer data, SocketAddress sender) {
            texts.add(StandardCharsets.US_ASCII.decode(data).toString());
            senders.add(sender);
            onReceived.run();
            return true;
        }

        @Override
        public void unread(ByteBuffer data, SocketAddress sender) {
            unread.add(StandardCharsets.US_ASCII.decode(data).toString());
        }

        @Override
        public void writable() {
            writable++;
        }

        @Override
        public void failed(IOException cause) {
            failures.add(cause);
        }
    }

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

    private void sendToOurs(String text) throws IOException {
        peer.send(Pair.bytes(text), ours.getLocalAddress());
    }

    @Test
    void adopt_startsPaused() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        sendToOurs("a");
        turn();
        assertThat(events.texts).isEmpty();
        port.resumeReceiving();
        turnUntil(() -> events.texts.size() == 1);
        assertThat(events.texts).containsExactly("a");
        assertThat(events.senders).containsExactly(peer.getLocalAddress());
    }

    @Test
    void datagrams_keepTheirBorders_alsoEmptyOnes() throws IOException {
        driver.adopt(ours, events).resumeReceiving();
        for (String text : List.of("a", "", "bc")) {
            sendToOurs(text);
        }
        turnUntil(() -> events.texts.size() == 3);
        assertThat(events.texts).containsExactly("a", "", "bc");
    }

    @Test
    void pausedInsideAnEvent_deliversNoMore() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        events.onReceived = port::pauseReceiving;
        port.resumeReceiving();
        sendToOurs("a");
        sendToOurs("b");
        turnUntil(() -> events.texts.size() == 1);
        turn();
        assertThat(events.texts).containsExactly("a");
        port.resumeReceiving();
        turnUntil(() -> events.texts.size() == 2);
    }

    @Test
    void pausedBetweenPollAndDispatch_keepsWhatWasReceived() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        driver.poll(-1);
        port.pauseReceiving();
        driver.dispatch();
        turn();
        assertThat(events.texts).isEmpty();
        assertThat(driver.readBuffers().lent()).isZero();
        port.resumeReceiving();
        turnUntil(() -> events.texts.contains("a"));
    }

    @Test
    void manyDatagrams_letOthersIn() throws IOException {
        for (int i = 0; i < 40; i++) {
            sendToOurs("x");
        }
        driver.adopt(ours, events).resumeReceiving();
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.texts).hasSize(16);
        turnUntil(() -> events.texts.size() == 40);
    }

    @Test
    void send_isTakenAtOnce() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        ByteBuffer data = Pair.bytes("out");
        assertThat(port.send(data, peer.getLocalAddress())).isTrue();
        assertThat(data.hasRemaining()).isFalse();
        assertThat(port.send(ByteBuffer.allocate(0), peer.getLocalAddress())).isTrue();
        turn();
        assertThat(events.writable).isZero();
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
        turnUntil(() -> events.texts.contains("a"));
    }

    @Test
    void refusal_isDeliveredOnce_andThePortWorksOn() throws IOException {
        SocketAddress target = peer.getLocalAddress();
        ours.connect(target);
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        peer.close();
        port.send(Pair.bytes("x"), target);
        turnUntil(() -> !events.failures.isEmpty());
        assertThat(events.failures).hasSize(1).hasOnlyElementsOfType(PortUnreachableException.class);
        peer = closing(DatagramChannel.open().bind(target));
        sendToOurs("back");
        turnUntil(() -> events.texts.contains("back"));
    }

    @Test
    void release_handsBackWhatWasReceived() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        sendToOurs("b");
        driver.poll(-1);
        port.release();
        port.release();
        driver.dispatch();
        assertThat(events.texts).isEmpty();
        assertThat(events.unread).containsExactly("a");
        assertThat(driver.readBuffers().lent()).isZero();
        ProactorDriver next = new ProactorDriver("next", Selector.open());
        closing(next::close);
        next.adopt(ours, events).resumeReceiving();
        turnUntil(next, () -> events.texts.contains("b"));
    }

    @Test
    void release_handsBackAFailure() throws IOException {
        SocketAddress target = peer.getLocalAddress();
        ours.connect(target);
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        peer.close();
        port.send(Pair.bytes("x"), target);
        driver.poll(-1);
        port.release();
        assertThat(events.failures).hasSize(1);
    }
}
