package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes that fail: what the peer has sent before comes first, then the loss; and this never takes for ever.
 */
@Asyncio("protocol#BaseProtocol.connection_lost")
public abstract class BrokenConnectionContract extends ExchangingContract {
    private static final int MANY = 50_000; // what the kernel holds for a peer that does not read

    /** For subclasses. */
    protected BrokenConnectionContract() {}

    /** Lets the peer reply and reset before the loop has a chance to read, and then writes. */
    private void breakWhileWriting(Pair pair, RecordingProtocol protocol, byte[] answer) {
        running.run(() -> {
            pair.client().send(answer);
            pair.client().reset();
            StreamTransport transport = protocol.transport();
            Await.until("the reset has come", () -> {
                transport.write(new byte[100]);
                return transport.isClosing();
            });
        });
    }

    @Test
    void whatWasAnsweredBefore_comesBeforeTheLoss() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        breakWhileWriting(pair, protocol, "answer".getBytes());
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.text()).isEqualTo("answer");
        assertThat(protocol.events()).containsExactly("made", "data", "lost");
        assertThat(pair.ours().isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPausedProtocol_takesItWhenItResumes(boolean exchange) throws Exception {
        Pair pair = pair();
        BytePattern pattern = new BytePattern(77);
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().pauseReading());
        breakWhileWriting(pair, protocol, pattern.bytes(0, MANY));
        if (exchange) {
            exchange();
        }
        running.turns(3);
        assertThat(protocol.events()).containsExactly("made");
        running.run(() -> protocol.transport().resumeReading());
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.received()).hasSize(MANY);
        pattern.check(0, protocol.received(), MANY);
    }

    @Test
    void aProtocolThatStaysPaused_isToldAllTheSame() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().pauseReading());
        breakWhileWriting(pair, protocol, "answer".getBytes());
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.events()).containsExactly("made", "lost");
        assertThat(pair.ours().isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closing_waitsNoLonger(boolean abort) throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().pauseReading());
        breakWhileWriting(pair, protocol, "answer".getBytes());
        long start = System.nanoTime();
        running.run(() -> {
            if (abort) {
                protocol.transport().abort();
            } else {
                protocol.transport().close();
            }
        });
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    @Asyncio("eventloop#loop.close")
    void closingTheLoop_closesTheSocketOfOneThatStaysPaused() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().pauseReading());
        breakWhileWriting(pair, protocol, "answer".getBytes());
        running.turns(3);
        running.close();
        assertThat(pair.ours().isOpen()).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.sendfile")
    void aFileThatIsSentByReadingIt_failsAtOnce(@TempDir Path folder) throws Exception {
        exchange(new PolicyOn(faulty().takeNoFiles()));
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        Path path = Files.write(folder.resolve("file"), new byte[8 * 1024 * 1024]);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            LoopFuture<Long> sending = loop.sendfile(protocol.transport(), file);
            Await.until("the kernel takes no more", () -> protocol.transport().getWriteBufferSize() > 0);
            long start = System.nanoTime();
            pair.client().send("answer");
            pair.client().reset();
            assertThat(failureOf(() -> sending)).isInstanceOf(IOException.class).hasMessageContaining("was lost after");
            assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    @Asyncio("eventloop#loop.close")
    void aSocketThatTheLoopWasGiven_isClosedWithIt_alsoBeforeItIsServed() throws Exception {
        Pair pair = pair();
        CountDownLatch busy = new CountDownLatch(1);
        loop.callSoonThreadsafe(() -> {
            Await.until("the socket is given", () -> busy.getCount() == 0);
            loop.stop();
        });
        loop.connectAcceptedSocket(RecordingProtocol::new, pair.ours());
        loop.callSoonThreadsafe(() -> {});
        busy.countDown();
        running.close();
        SocketChannel given = pair.ours();
        assertThat(given.isOpen()).isFalse();
    }
}
