package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.BaseTransport;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The receiving side of streams: cases C197 to C205, C222, C223, and bad input. */
@Asyncio("protocol#Protocol.data_received")
public abstract class StreamReadContract extends NetContract {

    /** For subclasses. */
    protected StreamReadContract() {}

    @Test
    @Asyncio("protocol#BaseProtocol.connection_made")
    void c197_connectionMade_thenReading_thenTheFuture() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        LoopThread scripted = start(loopOn(driver));
        List<String> order = new CopyOnWriteArrayList<>();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport made) {
                super.connectionMade(made);
                order.add("made, reading: " + driver.streams().stream().anyMatch(ScriptedStream::isReading));
            }
        };
        Pair pair = pair();
        LoopFuture<Connection<RecordingProtocol>> future =
                scripted.loop().connectAcceptedSocket(() -> protocol, pair.ours());
        future.addDoneCallback(f -> order.add("done, reading: " + driver.stream(0).isReading()));
        Await.until("both", () -> order.size() == 2);
        assertThat(order).containsExactly("made, reading: false", "done, reading: true");
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_made")
    void c197_bytesThatArrivedEarly_comeAfterConnectionMade() throws Exception {
        Pair pair = pair();
        pair.client().send("early");
        pair.client().close();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.events()).containsExactly("made", "data", "eof", "lost");
        assertThat(protocol.text()).isEqualTo("early");
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void c198_pauseAndResume_twiceEach() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        StreamTransport transport = protocol.transport();
        running.run(() -> {
            assertThat(transport.isReading()).isTrue();
            transport.pauseReading();
            transport.pauseReading();
            assertThat(transport.isReading()).isFalse();
        });
        pair.client().send("later");
        running.linger(Duration.ofMillis(100));
        assertThat(protocol.received()).isEmpty();
        running.run(() -> {
            transport.resumeReading();
            transport.resumeReading();
            assertThat(transport.isReading()).isTrue();
        });
        protocol.awaitBytes(5);
        assertThat(protocol.text()).isEqualTo("later");
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void c198_afterClose_resumeDoesNothing() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        StreamTransport transport = protocol.transport();
        running.run(() -> {
            transport.close();
            assertThat(transport.isClosing()).isTrue();
            assertThat(transport.isReading()).isFalse();
            transport.resumeReading();
            transport.pauseReading();
            transport.resumeReading();
            assertThat(transport.isReading()).isFalse();
        });
        assertThat(protocol.awaitLost()).isNull();
        running.run(transport::resumeReading);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void c199_pausingInConnectionMade_keepsReadingOff() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport made) {
                super.connectionMade(made);
                made.pauseReading();
            }
        };
        Pair pair = pair();
        pair.client().send("held");
        attach(pair.ours(), protocol);
        running.linger(Duration.ofMillis(100));
        assertThat(protocol.received()).isEmpty();
        running.run(() -> {
            assertThat(protocol.transport().isReading()).isFalse();
            protocol.transport().resumeReading();
        });
        protocol.awaitBytes(4);
        assertThat(protocol.text()).isEqualTo("held");
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void c199_pausingInDataReceived_holdsTheRestBack() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                transport().pauseReading();
            }
        };
        BytePattern pattern = new BytePattern(1);
        Pair pair = pair();
        attach(pair.ours(), protocol);
        int total = 1024 * 1024;
        Thread sender = new Thread(() -> {
            try {
                pair.client().send(pattern.bytes(0, total));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sender.start();
        int last = 0;
        while (last < total) {
            int before = last;
            Await.until("more bytes", () -> protocol.received().length > before);
            running.turns(2);
            last = protocol.received().length;
            running.turns(2);
            assertThat(protocol.received()).as("paused").hasSize(last);
            running.run(() -> protocol.transport().resumeReading());
        }
        sender.join();
        pattern.check(0, protocol.received(), total);
    }

    @Test
    @Asyncio("protocol#Protocol.eof_received")
    void c201_endOfStream_answeredTrue_keepsTheSendingSide() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol(true));
        pair.client().send("q");
        pair.client().shutdownOutput();
        protocol.await("eof");
        running.turns(3);
        running.run(() -> {
            assertThat(protocol.transport().isClosing()).isFalse();
            protocol.transport().write("answer".getBytes("ISO-8859-1"));
        });
        assertThat(pair.client().receiveText(6)).isEqualTo("answer");
        assertThat(protocol.events()).containsExactly("made", "data", "eof");
        running.run(() -> protocol.transport().close());
        assertThat(protocol.awaitLost()).isNull();
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(protocol.events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    @Asyncio("protocol#Protocol.eof_received")
    void c201_endOfStream_answeredFalse_closes() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        pair.client().shutdownOutput();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(protocol.events()).containsExactly("made", "eof", "lost");
    }

    @Test
    void c202_anExceptionFromDataReceived_isFatal() throws Exception {
        RuntimeException thrown = new IllegalArgumentException("cannot parse");
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                throw thrown;
            }
        };
        Pair pair = pair();
        attach(pair.ours(), protocol);
        pair.client().send("x");
        assertThat(protocol.awaitLost()).isSameAs(thrown);
        assertFatal(reports.awaitOnly(), "Fatal error: protocol.dataReceived() call failed.", thrown, protocol);
    }

    @Test
    @Asyncio("protocol#Protocol.eof_received")
    void c202_anExceptionFromEofReceived_isFatal() throws Exception {
        RuntimeException thrown = new IllegalArgumentException("too early");
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public boolean eofReceived() {
                throw thrown;
            }
        };
        Pair pair = pair();
        attach(pair.ours(), protocol);
        pair.client().shutdownOutput();
        assertThat(protocol.awaitLost()).isSameAs(thrown);
        assertFatal(reports.awaitOnly(), "Fatal error: protocol.eofReceived() call failed.", thrown, protocol);
    }

    private static void assertFatal(
            ExceptionContext context, String message, Throwable thrown, RecordingProtocol protocol) {
        assertThat(context.message()).isEqualTo(message);
        assertThat(context.exception()).isSameAs(thrown);
        assertThat(context.get("transport")).isSameAs(protocol.transport());
        assertThat(context.get("protocol")).isSameAs(protocol);
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void c203_aPeerThatResets_isALossWithoutReport() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        pair.client().reset();
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.events()).containsExactly("made", "lost");
        assertThat(reports.sofar()).isEmpty();
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void c203_aBrokenStream_isALossWithItsCause() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        RecordingProtocol protocol = attachScripted(driver, new RecordingProtocol());
        IOException cause = new IOException("Connection reset");
        driver.stream(0).fail(cause);
        assertThat(protocol.awaitLost()).isSameAs(cause);
        assertThat(reports.sofar()).isEmpty();
        Await.until("the channel is closed", () -> !driver.stream(0).channel().isOpen());
    }

    private RecordingProtocol attachScripted(ScriptedDriver driver, RecordingProtocol protocol) throws IOException {
        EventLoop scripted = start(loopOn(driver)).loop();
        Pair pair = pair();
        done(scripted.connectAcceptedSocket(() -> protocol, pair.ours()));
        return protocol;
    }

    @Test
    void c205_aReadThatWouldBlock_isSilent() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        RecordingProtocol protocol = attachScripted(driver, new RecordingProtocol());
        driver.stream(0).deliverNothing();
        driver.stream(0).deliver("data");
        protocol.awaitBytes(4);
        assertThat(protocol.text()).isEqualTo("data");
        assertThat(protocol.events()).containsExactly("made", "data");
    }

    @Test
    void c205_anInterruptedLoopThread_losesNothing() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        Server server = serve(protocols);
        BlockingClient client = connect(server);
        BytePattern pattern = new BytePattern(2);
        for (int i = 0; i < 50; i++) {
            running.thread().interrupt();
            client.send(pattern.bytes(i * 1000L, 1000));
            client.receive(pattern, i * 1000L, 1000);
        }
        assertThat(protocols.nth(0).events()).doesNotContain("lost");
        assertThat(server.isServing()).isTrue();
    }

    @Test
    void theLentBuffer_holdsNoMoreThanWhatArrived_andNeedNotBeEmptied() throws Exception {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                sizes.add(data.remaining());
            }
        };
        ScriptedDriver driver = new ScriptedDriver();
        attachScripted(driver, protocol);
        driver.stream(0).deliver("abc");
        protocol.awaitBytes(3);
        driver.stream(0).deliver("de");
        protocol.awaitBytes(5);
        assertThat(protocol.text()).isEqualTo("abcde");
        assertThat(sizes).containsExactly(3, 2);
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_made")
    void c222_connectionMadeThatThrows_isReported_andTheConnectionStays() throws Exception {
        RuntimeException thrown = new IllegalStateException("not ready");
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport made) {
                super.connectionMade(made);
                throw thrown;
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                transport().write(data);
            }
        };
        Pair pair = pair();
        attach(pair.ours(), protocol); // the future succeeds
        assertThat(reports.awaitOnly().exception()).isSameAs(thrown);
        pair.client().send("still");
        assertThat(pair.client().receiveText(5)).isEqualTo("still");
        assertThat(protocol.events()).doesNotContain("lost");
    }

    @Test
    @Asyncio("protocol#BaseTransport.get_extra_info")
    void c223_extraInfo() throws Exception {
        Pair pair = pair();
        StreamTransport transport = attach(pair.ours(), new RecordingProtocol()).transport();
        assertThat(transport.getExtraInfo("unknown")).isNull();
        assertThat(transport.getExtraInfo("unknown", "given")).isEqualTo("given");
        assertThat(transport.getExtraInfo(BaseTransport.PEERNAME, "given")).isEqualTo(pair.client().localAddress());
        assertThat(transport.getExtraInfo(BaseTransport.SOCKNAME))
                .isEqualTo(pair.client().socket().getRemoteSocketAddress());
        assertThat(transport.remoteAddress()).isEqualTo(pair.client().localAddress());
        assertThat(transport.localAddress()).isEqualTo(pair.client().socket().getRemoteSocketAddress());
        assertThat(transport.getExtraInfo(BaseTransport.SOCKET)).isInstanceOf(SocketChannel.class);
    }

    @Test
    @Asyncio("protocol#BaseTransport.set_protocol")
    void setProtocol_hasEffectFromTheNextEvent() throws Exception {
        Pair pair = pair();
        RecordingProtocol first = attach(pair.ours(), new RecordingProtocol());
        RecordingProtocol second = new RecordingProtocol();
        pair.client().send("1");
        first.awaitBytes(1);
        running.run(() -> {
            first.transport().setProtocol(second);
            assertThat(first.transport().getProtocol()).isSameAs(second);
        });
        pair.client().send("2");
        pair.client().close();
        assertThat(second.awaitLost()).isNull();
        assertThat(first.events()).containsExactly("made", "data");
        assertThat(second.events()).containsExactly("data", "eof", "lost");
    }

    /** Throws from every callback. */
    private static final class Thrower extends RecordingProtocol {
        @Override
        public void connectionMade(StreamTransport made) {
            super.connectionMade(made);
            throw new IllegalStateException("connectionMade");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            super.dataReceived(data);
            throw new IllegalStateException("dataReceived");
        }

        @Override
        public boolean eofReceived() {
            super.eofReceived();
            throw new IllegalStateException("eofReceived");
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            super.connectionLost(cause);
            throw new IllegalStateException("connectionLost");
        }
    }

    @Test
    void badInput_aProtocolThatThrowsInEveryCallback_disturbsNoOther() throws Exception {
        Server good = serve(RecordingProtocol::echo);
        BlockingClient witness = connect(good);
        Spawn<Thrower> throwers = new Spawn<>(Thrower::new);
        Server bad = serve(throwers);
        BlockingClient sending = connect(bad);
        sending.send("x");
        BlockingClient ending = connect(bad);
        ending.shutdownOutput();

        assertThat(throwers.nth(0).awaitLost()).hasMessage("dataReceived");
        assertThat(throwers.nth(1).awaitLost()).hasMessage("eofReceived");
        assertThat(reports.await(6))
                .extracting(report -> report.exception().getMessage())
                .containsExactlyInAnyOrder(
                        "connectionMade", "connectionMade", "dataReceived", "eofReceived", "connectionLost",
                        "connectionLost");
        witness.send("fine");
        assertThat(witness.receiveText(4)).isEqualTo("fine");
        assertThat(sending.isAtEnd()).isTrue();
        assertThat(ending.isAtEnd()).isTrue();
        Await.until("their connections are gone", () -> loop.info().connections() == 1);
        connect(bad);
        throwers.nth(2).transport();
    }
}
