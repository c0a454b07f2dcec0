package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sending side of streams and their end: cases C206 to C214, and bad input. */
@Asyncio("protocol#WriteTransport.write")
public abstract class StreamWriteContract extends NetContract {
    private static final int THREE_MEGABYTES = 3 * 1024 * 1024;

    private ScriptedDriver driver;
    private LoopThread scripted;

    /** For subclasses. */
    protected StreamWriteContract() {}

    @BeforeEach
    final void startScriptedLoop() {
        driver = new ScriptedDriver();
        scripted = start(loopOn(driver));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private <P extends StreamProtocol> P attachScripted(P protocol) throws IOException {
        EventLoop on = scripted.loop();
        Pair pair = pair();
        done(on.connectAcceptedSocket(() -> protocol, pair.ours()));
        return protocol;
    }

    @Test
    void c206_write_sendsAtOnce_whenNothingIsQueued() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        scripted.run(() -> {
            transport.write(bytes("now"));
            assertThat(driver.stream(0).written()).isEqualTo("now");
            assertThat(transport.getWriteBufferSize()).isZero();
        });
    }

    @Test
    void c206_aPartialSend_queuesTheRest_andNothingOvertakes() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            stream.stall();
            stream.allow(2);
            transport.write(bytes("abcd"));
            assertThat(stream.written()).isEqualTo("ab");
            assertThat(transport.getWriteBufferSize()).isEqualTo(2);
            int tries = stream.writes();
            transport.write(bytes("ef"));
            transport.writelines(List.of(ByteBuffer.wrap(bytes("gh")), ByteBuffer.wrap(bytes("ij"))));
            assertThat(stream.writes()).as("writes after a queue must wait").isEqualTo(tries);
            assertThat(transport.getWriteBufferSize()).isEqualTo(8);
        });
        stream.allow(3);
        Await.until("three bytes more", () -> stream.written().equals("abcde"));
        scripted.run(() -> assertThat(transport.getWriteBufferSize()).isEqualTo(5));
        stream.allow(100);
        Await.until("the rest", () -> stream.written().equals("abcdefghij"));
        scripted.run(() -> {
            assertThat(transport.getWriteBufferSize()).isZero();
            transport.write(bytes("k"));
            assertThat(stream.written()).isEqualTo("abcdefghijk");
        });
    }

    @Test
    void c206_aSlowReader_getsEverythingInOrder() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client =
                closing(BlockingClient.connect(addressOf(serve(protocols)), 4096));
        RecordingProtocol protocol = protocols.nth(0);
        BytePattern pattern = new BytePattern(3);
        running.run(() -> {
            shrinkBuffers(protocol.transport());
            int position = 0;
            for (int size = 1; position < THREE_MEGABYTES; size = size * 2 % 100_003) {
                protocol.transport().write(pattern.bytes(position, size));
                position += size;
            }
            assertThat(protocol.transport().getWriteBufferSize()).isPositive();
        });
        client.receive(pattern, 0, THREE_MEGABYTES);
    }

    @Test
    void c206_anEmptyWrite_isNothing() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        scripted.run(() -> {
            transport.write(new byte[0]);
            transport.writelines(List.of());
            assertThat(driver.stream(0).written()).isEmpty();
            assertThat(transport.getWriteBufferSize()).isZero();
        });
    }

    @Test
    void c207_theCallersBuffer_isNeitherChangedNorKept() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        ScriptedStream stream = driver.stream(0);
        byte[] array = bytes("first");
        ByteBuffer direct = ByteBuffer.allocateDirect(6).put(bytes("second")).flip();
        scripted.run(() -> {
            stream.stall();
            stream.allow(2);
            transport.write(array);
            assertThat(array).isEqualTo(bytes("first"));
            transport.write(direct);
            assertThat(direct.hasRemaining()).isFalse();
            assertThat(direct.limit()).isEqualTo(6);
            array[3] = 'X';
            direct.clear().put(bytes("XXXXXX"));
            ByteBuffer line = ByteBuffer.wrap(bytes("third"));
            transport.writelines(List.of(line));
            line.array()[0] = 'X';
            ByteBuffer readOnly = ByteBuffer.wrap(bytes("__4__")).position(2).limit(3).asReadOnlyBuffer();
            transport.write(readOnly);
            assertThat(readOnly.position()).isEqualTo(3);
        });
        stream.allow(100);
        Await.until("everything is written", () -> stream.written().length() == 17);
        assertThat(stream.written()).isEqualTo("firstsecondthird4");
    }

    @Test
    void c209_writesAfterLoss_areIgnored_andLoggedFromTheFifthOn() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        driver.stream(0).fail(new IOException("Broken pipe"));
        protocol.awaitLost();
        String message = "socket.send() raised exception.";
        try (LogCapture log = LogCapture.start()) {
            scripted.run(() -> {
                for (int i = 0; i < 4; i++) {
                    protocol.transport().write(bytes("x"));
                }
                assertThat(log.count(message)).isZero();
                protocol.transport().write(bytes("x"));
                assertThat(log.count(message)).isEqualTo(1);
                protocol.transport().write(bytes("x"));
                assertThat(log.count(message)).isEqualTo(2);
            });
        }
        assertThat(driver.stream(0).written()).isEmpty();
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    void c209_aWriteThatFails_isALoss_notAnException() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        IOException broken = new IOException("Broken pipe");
        driver.stream(0).failWrites(broken);
        scripted.run(() -> {
            protocol.transport().write(bytes("x"));
            assertThat(protocol.transport().isClosing()).isTrue();
            assertThat(protocol.count("lost")).as("connectionLost comes in a later turn").isZero();
            protocol.transport().write(bytes("y"));
        });
        assertThat(protocol.awaitLost()).isSameAs(broken);
        assertThat(reports.sofar()).isEmpty();
    }

    @Test
    void c209_aQueuedWriteThatFails_isALoss() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            stream.stall();
            protocol.transport().write(bytes("queued"));
        });
        IOException broken = new IOException("Broken pipe");
        stream.failWrites(broken);
        assertThat(protocol.awaitLost()).isSameAs(broken);
        scripted.run(() -> assertThat(protocol.transport().getWriteBufferSize()).isZero());
    }

    @Test
    @Asyncio("protocol#WriteTransport.write_eof")
    void c210_writeEof_comesAfterTheQueue_onceAndForAll() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            assertThat(transport.canWriteEof()).isTrue();
            stream.stall();
            transport.write(bytes("last"));
            transport.writeEof();
            transport.writeEof();
            assertThat(stream.isOutputShutDown()).isFalse();
            assertThatThrownBy(() -> transport.write(bytes("more"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> transport.writelines(List.of(ByteBuffer.wrap(bytes("more")))))
                    .isInstanceOf(IllegalStateException.class);
        });
        stream.allow(100);
        Await.until("the output is shut down", stream::isOutputShutDown);
        assertThat(stream.written()).isEqualTo("last");
    }

    @Test
    @Asyncio("protocol#WriteTransport.write_eof")
    void c210_writeEof_readingContinues() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> {
            protocol.transport().write(bytes("bye"));
            protocol.transport().writeEof();
        });
        assertThat(pair.client().receiveAll()).isEqualTo(bytes("bye"));
        pair.client().send("answer");
        protocol.awaitBytes(6);
        running.run(() -> assertThat(protocol.transport().isClosing()).isFalse());
        pair.client().close();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    @Asyncio("protocol#WriteTransport.write_eof")
    void c210_writeEof_afterClose_isHarmless() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> {
            protocol.transport().close();
            protocol.transport().writeEof();
        });
        assertThat(protocol.awaitLost()).isNull();
        running.run(() -> protocol.transport().writeEof());
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void c211_close_flushesFirst() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = closing(BlockingClient.connect(addressOf(serve(protocols)), 4096));
        RecordingProtocol protocol = protocols.nth(0);
        BytePattern pattern = new BytePattern(4);
        running.run(() -> {
            shrinkBuffers(protocol.transport());
            protocol.transport().write(pattern.bytes(0, THREE_MEGABYTES));
            protocol.transport().close();
            assertThat(protocol.transport().isClosing()).isTrue();
            assertThat(protocol.transport().getWriteBufferSize()).isPositive();
        });
        running.linger(Duration.ofMillis(50));
        assertThat(protocol.events()).as("not lost before the flush").doesNotContain("lost");
        client.receive(pattern, 0, THREE_MEGABYTES);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void c211_afterClose_nothingIsReceived_whileTheQueueIsSent() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            stream.stall();
            protocol.transport().write(bytes("queued"));
            protocol.transport().close();
        });
        stream.deliver("too late");
        scripted.turns(3);
        assertThat(protocol.events()).doesNotContain("data", "lost");
        stream.allow(100);
        assertThat(protocol.awaitLost()).isNull();
        assertThat(stream.written()).isEqualTo("queued");
    }

    @Test
    @Asyncio("protocol#WriteTransport.abort")
    void c211_abort_dropsWhatIsQueued() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            stream.stall();
            protocol.transport().write(bytes("dropped"));
            protocol.transport().abort();
            assertThat(protocol.transport().isClosing()).isTrue();
            assertThat(protocol.transport().getWriteBufferSize()).isZero();
        });
        assertThat(protocol.awaitLost()).isNull();
        assertThat(stream.written()).isEmpty();
        assertThat(stream.isReleased()).isTrue();
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void c213_connectionLost_exactlyOnce() throws Exception {
        IOException broken = new IOException("Broken pipe");
        for (int mix = 0; mix < 27; mix++) {
            RecordingProtocol protocol = attachScripted(new RecordingProtocol());
            ScriptedStream stream = driver.stream(mix);
            int ends = mix;
            scripted.run(() -> {
                stream.stall();
                protocol.transport().write(bytes("queued"));
                end(ends % 3, protocol.transport(), stream, broken);
                end(ends / 3 % 3, protocol.transport(), stream, broken);
                end(ends / 9, protocol.transport(), stream, broken);
            });
            stream.allow(100);
            protocol.await("lost");
            scripted.run(() -> {
                protocol.transport().close();
                protocol.transport().abort();
            });
            scripted.turns(3);
            assertThat(protocol.count("lost")).as("mix " + mix).isEqualTo(1);
        }
    }

    private static void end(int how, StreamTransport transport, ScriptedStream stream, IOException broken) {
        switch (how) {
            case 0 -> transport.close();
            case 1 -> transport.abort();
            default -> stream.fail(broken);
        }
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void c213_connectionLost_neverInsideACallOfTheUser() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> {
            protocol.transport().abort();
            protocol.transport().close();
            assertThat(protocol.count("lost")).isZero();
        });
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void c214_afterConnectionLost_theSocketIsClosed_andTheLoopHasLetGo() throws Exception {
        Pair pair = pair();
        StreamTransport[] transport = new StreamTransport[1];
        WeakReference<RecordingProtocol> gone = lostProtocol(pair, transport);
        Await.until("the channel is closed", () -> !pair.ours().isOpen());
        assertThat(loop.info().connections()).isZero();
        Await.until("loop and transport let go of the protocol", () -> {
            System.gc();
            return gone.get() == null;
        });
        assertThat(transport[0].isClosing()).as("the transport is kept, its protocol is not").isTrue();
    }

    private WeakReference<RecordingProtocol> lostProtocol(Pair pair, StreamTransport[] transport) {
        RecordingProtocol protocol = new RecordingProtocol();
        done(loop.connectAcceptedSocket(() -> protocol, pair.ours()));
        transport[0] = protocol.transport();
        running.run(() -> transport[0].close());
        assertThat(protocol.awaitLost()).isNull();
        return new WeakReference<>(protocol);
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void badInput_aClientThatResetsMidWrite_isALossWithoutReport() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Spawn<RecordingProtocol> echoes = Spawn.echo();
        BlockingClient witness = connect(serve(echoes));
        BlockingClient client = closing(BlockingClient.connect(addressOf(serve(protocols)), 4096));
        RecordingProtocol protocol = protocols.nth(0);
        running.run(() -> {
            shrinkBuffers(protocol.transport());
            protocol.transport().write(new byte[THREE_MEGABYTES]);
            assertThat(protocol.transport().getWriteBufferSize()).isPositive();
        });
        client.receive(100);
        client.reset();
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.count("lost")).isEqualTo(1);
        assertThat(reports.sofar()).isEmpty();
        assertThat(((SocketChannel) channelOf(echoes.nth(0).transport())).isOpen()).isTrue();
        witness.send("fine");
        assertThat(witness.receiveText(4)).isEqualTo("fine");
    }

    @Test
    void badInput_null_isRefused_andTheStreamContinues() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        scripted.run(() -> {
            assertThatThrownBy(() -> transport.write((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> transport.write((byte[]) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> transport.setProtocol(null)).isInstanceOf(NullPointerException.class);
            transport.write(bytes("fine"));
            assertThat(driver.stream(0).written()).isEqualTo("fine");
        });
    }
}
