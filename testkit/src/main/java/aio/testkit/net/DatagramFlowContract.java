package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ExceptionContext;
import aio.loop.LoopOptions;
import aio.policy.LoopFactory;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.testkit.NotInAsyncio;
import aio.transport.DatagramTransport;
import aio.transport.WriteTransport.WriteBufferLimits;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Datagrams that the kernel does not take at once, on a driver that does what the test wants: C227, flow control, ends.
 */
@Asyncio("protocol#DatagramTransport.sendto")
public abstract class DatagramFlowContract extends DatagramNetContract {
    private static final InetSocketAddress TARGET = new InetSocketAddress("127.0.0.1", 9);

    private RecordingDatagramProtocol protocol;
    private ScriptedDatagram port;
    private ScriptedDriver driver;

    /** For subclasses. */
    protected DatagramFlowContract() {}

    @BeforeEach
    final void startOnScript() {
        driver = new ScriptedDriver();
        running = start(LoopFactory.ofClassPath().newLoop(driver, LoopOptions.defaults()));
        loop = running.loop();
        protocol = endpoint(new RecordingDatagramProtocol(), local());
        port = driver.datagram(0);
    }

    private DatagramTransport transport() {
        return protocol.transport();
    }

    private void send(String text) {
        transport().sendTo(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), TARGET);
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void c227_otherErrors_areFaultsOfTheDriver_andTheNextOneSends() {
        IllegalStateException fault = new IllegalStateException("the test wants it");
        port.failSend(fault);
        running.run(() -> send("x"));
        Await.until("it is sent", () -> driver.datagram(1).sent().contains("x"));
        ExceptionContext report = reports.awaitOnly();
        assertThat(report.message()).contains("is broken: its channels go to a fresh one");
        assertThat(report.exception()).isSameAs(fault);
        assertThat(protocol.events()).containsExactly("made");
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void c226_errorsOfSendingAndReceiving_areNotFatal() {
        IOException failure = new IOException("the test wants it");
        port.failSend(failure);
        running.run(() -> send("a"));
        assertThat(protocol.awaitError()).isSameAs(failure);
        port.fail(new IOException("once more"));
        port.receive("b", TARGET);
        protocol.await("b");
        running.run(() -> send("c"));
        assertThat(protocol.events()).containsExactly("made", "error", "error", "b");
        assertThat(port.sent()).containsExactly("c");
    }

    @Test
    void whatIsNotTaken_waitsInOrder_asWholeDatagrams() {
        port.room(1);
        running.run(() -> {
            byte[] reused = {'a'};
            for (char c = 'a'; c < 'e'; c++) {
                reused[0] = (byte) c;
                transport().sendTo(ByteBuffer.wrap(reused), TARGET);
            }
            assertThat(transport().getWriteBufferSize()).isEqualTo(3 * (1 + 8));
        });
        assertThat(port.sent()).containsExactly("a");
        port.writable(2);
        Await.until("two more are sent", () -> port.sent().size() == 3);
        port.writable(5);
        Await.until("all are sent", () -> port.sent().size() == 4);
        assertThat(port.sent()).containsExactly("a", "b", "c", "d");
        running.run(() -> assertThat(transport().getWriteBufferSize()).isZero());
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void anErrorInTheQueue_losesOnlyItsDatagram() {
        port.room(0);
        running.run(() -> {
            send("a");
            send("b");
            send("c");
        });
        port.failSend(new IOException("the test wants it"));
        port.writable(9);
        protocol.await("error");
        Await.until("the others are sent", () -> port.sent().size() == 2);
        assertThat(port.sent()).containsExactly("b", "c");
    }

    @Test
    @Asyncio("protocol#BaseProtocol.pause_writing")
    void flowControl_pausesAboveHigh_andResumesAtLow() {
        port.room(0);
        running.run(() -> {
            assertThat(transport().getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(16 * 1024, 64 * 1024));
            transport().setWriteBufferLimits(18, 36);
            for (int i = 0; i < 4; i++) {
                send(String.valueOf(i));
            }
            assertThat(protocol.events()).containsExactly("made");
            send("4");
            send("5");
        });
        protocol.await("pause");
        port.writable(3);
        Await.until("three are sent", () -> port.sent().size() == 3);
        running.turns(1);
        assertThat(protocol.events()).containsExactly("made", "pause");
        port.writable(1);
        protocol.await("resume");
        assertThat(protocol.events()).containsExactly("made", "pause", "resume");
        running.run(() -> assertThatThrownBy(() -> transport().setWriteBufferLimits(2, 1))
                .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    @Asyncio("protocol#BaseProtocol.pause_writing")
    void emptyDatagrams_countTowardTheMarks() {
        port.room(0);
        running.run(() -> {
            transport().setWriteBufferLimits(7);
            send("");
        });
        protocol.await("pause");
        port.writable(1);
        protocol.await("resume");
        assertThat(port.sent()).containsExactly("");
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void close_flushes_andEndsOnce() {
        port.room(0);
        running.run(() -> {
            send("a");
            send("b");
            transport().close();
            transport().close();
            assertThat(transport().isClosing()).isTrue();
        });
        running.turns(3);
        assertThat(protocol.events()).containsExactly("made");
        assertThat(port.isReceiving()).isFalse();
        port.writable(9);
        assertThat(protocol.awaitLost()).isNull();
        assertThat(port.sent()).containsExactly("a", "b");
        Await.until("the channel is closed", () -> !port.channel().isOpen());
        running.run(() -> transport().abort());
        running.turns(2);
        assertThat(protocol.events()).containsExactly("made", "lost");
        assertThat(port.isReleased()).isTrue();
    }

    @Test
    @Asyncio("protocol#DatagramTransport.abort")
    void abort_drops() {
        port.room(0);
        running.run(() -> {
            send("a");
            transport().abort();
            assertThat(transport().getWriteBufferSize()).isZero();
        });
        assertThat(protocol.awaitLost()).isNull();
        assertThat(port.sent()).isEmpty();
    }

    @Test
    void sendingAfterTheEnd_isIgnored_andLoggedFromTheFifthOn() {
        running.run(() -> transport().abort());
        protocol.awaitLost();
        try (LogCapture log = LogCapture.start()) {
            running.run(() -> {
                for (int i = 0; i < 6; i++) {
                    send("x");
                }
            });
            assertThat(log.count("socket.send() raised exception.")).isEqualTo(2);
        }
        assertThat(port.sent()).isEmpty();
    }

    @Test
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void exchange_carriesWhatWaits_andWhatWasNotDelivered() throws Exception {
        DatagramSocket peer = peer();
        port.room(0);
        running.run(() -> {
            for (int i = 0; i < 10; i++) {
                transport().sendTo(ByteBuffer.wrap(bytes("waiting " + i)), peer.getLocalSocketAddress());
            }
        });
        port.keepUndelivered("first", TARGET);
        port.keepUndelivered("second", TARGET);
        send(peer, "third", addressOf(protocol));
        exchange();
        for (int i = 0; i < 10; i++) {
            assertThat(receiveText(peer)).isEqualTo("waiting " + i);
        }
        assertThat(protocol.awaitTexts(3)).containsExactly("first", "second", "third");
        running.run(() -> assertThat(transport().getWriteBufferSize()).isZero());
    }
}
