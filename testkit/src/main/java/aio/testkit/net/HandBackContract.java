package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.policy.LoopFactory;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import aio.transport.BufferedProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a driver hands back when it is left (bytes read ahead, bytes in flight, accepted connections) continues under
 * the next one, which is that of the policy under test.
 */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class HandBackContract extends ExchangingContract {
    private ScriptedDriver driver;
    private LoopThread scripted;

    /** For subclasses. */
    protected HandBackContract() {}

    @BeforeEach
    final void startScriptedLoop() {
        driver = new ScriptedDriver();
        scripted = start(LoopFactory.ofClassPath().newLoop(driver, LoopOptions.defaults()));
    }

    private Pair attached(RecordingProtocol protocol) throws IOException {
        Pair pair = pair();
        done(scripted.loop().connectAcceptedSocket(() -> protocol, pair.ours()));
        return pair;
    }

    private void leaveScripted() {
        EventLoops.setEventLoopPolicy(policy());
        Await.until("the driver is left", () -> scripted.loop().info().exchanges() == 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void bytesReadAhead_areDeliveredBeforeWhatArrives() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).readAhead("ahead ");
        pair.client().send("after");
        pair.client().shutdownOutput();
        leaveScripted();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.text()).isEqualTo("ahead after");
    }

    @Test
    void bytesReadAhead_waitWhileReadingIsPaused() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        scripted.run(() -> protocol.transport().pauseReading());
        driver.stream(0).readAhead("ahead ");
        pair.client().send("after");
        leaveScripted();
        scripted.turns(3);
        assertThat(protocol.text()).isEmpty();
        scripted.run(() -> protocol.transport().resumeReading());
        protocol.awaitBytes(11);
        assertThat(protocol.text()).isEqualTo("ahead after");
    }

    @Test
    void bytesReadAhead_ofAnIdleLoop_waitForItsThread() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).readAhead("ahead ");
        pair.client().send("after");
        scripted.stop();
        leaveScripted();
        assertThat(protocol.text()).as("no thread runs the loop").isEmpty();
        LoopThread again = start(scripted.loop());
        protocol.awaitBytes(11);
        assertThat(protocol.text()).isEqualTo("ahead after");
        again.stop();
    }

    @Test
    void bytesInFlight_areWrittenByTheNext_beforeWhatIsWrittenThen() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).completeLater();
        scripted.run(() -> {
            protocol.transport().write(bytes("in flight, "));
            assertThat(protocol.transport().getWriteBufferSize()).isEqualTo(11);
        });
        leaveScripted();
        scripted.run(() -> protocol.transport().write(bytes("then")));
        assertThat(pair.client().receiveText(15)).isEqualTo("in flight, then");
        scripted.turns(1);
        scripted.run(() -> assertThat(protocol.transport().getWriteBufferSize()).isZero());
    }

    @Test
    void anEndAfterBytesInFlight_isSentAfterThem() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).completeLater();
        scripted.run(() -> {
            protocol.transport().write(bytes("last"));
            protocol.transport().writeEof();
        });
        leaveScripted();
        assertThat(pair.client().receiveText(4)).isEqualTo("last");
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(protocol.events()).containsExactly("made");
    }

    @Test
    void close_waitsForBytesInFlight_alsoUnderTheNext() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).completeLater();
        scripted.run(() -> {
            protocol.transport().write(bytes("last"));
            protocol.transport().close();
        });
        scripted.turns(2);
        assertThat(protocol.events()).as("4 bytes are in flight").containsExactly("made");
        leaveScripted();
        assertThat(pair.client().receiveText(4)).isEqualTo("last");
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    void close_endsWhenTheLastByteHasReachedTheKernel() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        attached(protocol);
        ScriptedStream stream = driver.stream(0);
        stream.completeLater();
        scripted.run(() -> {
            protocol.transport().write(bytes("last"));
            protocol.transport().close();
        });
        scripted.turns(2);
        assertThat(protocol.events()).containsExactly("made");
        stream.complete();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(stream.written()).isEqualTo("last");
    }

    @Test
    void bytesInFlight_countForFlowControl() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        attached(protocol);
        ScriptedStream stream = driver.stream(0);
        stream.completeLater();
        scripted.run(() -> {
            StreamTransport transport = protocol.transport();
            transport.setWriteBufferLimits(1, 4);
            transport.write(new byte[5]);
            assertThat(protocol.events()).containsExactly("made", "pause");
        });
        stream.complete();
        protocol.await("resume");
    }

    @Test
    void abort_forgetsBytesInFlight() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = attached(protocol);
        driver.stream(0).completeLater();
        scripted.run(() -> {
            protocol.transport().write(bytes("never"));
            protocol.transport().abort();
        });
        assertThat(protocol.awaitLost()).isNull();
        assertThat(pair.client().isAtEnd()).isTrue();
    }

    @Test
    void acceptedConnections_areServedByTheLoop() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        done(scripted.loop().createServer(protocols, "127.0.0.1", 0));
        Pair pair = pair();
        driver.listener(0).acceptAhead(pair.ours());
        leaveScripted();
        pair.client().send("here");
        assertThat(pair.client().receiveText(4)).isEqualTo("here");
        assertThat(protocols.count()).isEqualTo(1);
    }

    @Test
    void anAcceptedConnection_ofAServerThatCloses_isClosed() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = done(scripted.loop().createServer(protocols, "127.0.0.1", 0));
        SocketChannel accepted = pair().ours();
        driver.listener(0).acceptAhead(accepted);
        scripted.run(server::close);
        Await.until("it is closed", () -> !accepted.isOpen());
        assertThat(protocols.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAcceptedConnection_ofALoopThatStaysIdle_isClosed_withItOrItsServer(boolean server) throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server closed = done(scripted.loop().createServer(protocols, "127.0.0.1", 0));
        SocketChannel accepted = pair().ours();
        driver.listener(0).acceptAhead(accepted);
        scripted.stop();
        leaveScripted();
        assertThat(accepted.isOpen()).isTrue();
        if (server) {
            closed.close();
        } else {
            scripted.loop().close();
        }
        Await.until("it is closed", () -> !accepted.isOpen()); // the thread that moved the loop may do it
        assertThat(protocols.count()).isZero();
    }

    @Test
    void aBufferOfTheDriver_isCopiedIntoThatOfABufferedProtocol_asFarAsItIsWanted() throws Exception {
        StringBuilder received = new StringBuilder();
        CompletableFuture<StreamTransport> made = new CompletableFuture<>();
        BufferedProtocol protocol = new BufferedProtocol() {
            private ByteBuffer buffer = ByteBuffer.allocate(4);

            @Override
            public void connectionMade(StreamTransport transport) {
                made.complete(transport);
            }

            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return buffer.clear();
            }

            @Override
            public void bufferUpdated(int count) {
                received.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                if (received.length() == 8) {
                    made.join().pauseReading();
                }
            }
        };
        done(scripted.loop().connectAcceptedSocket(() -> protocol, pair().ours()));
        CompletableFuture<Integer> left = new CompletableFuture<>();
        driver.stream(0).deliverOwn("0123456789", left::complete);
        assertThat(left.get(12, TimeUnit.SECONDS)).isEqualTo(2);
        scripted.run(() -> assertThat(received).hasToString("01234567"));
    }
}
