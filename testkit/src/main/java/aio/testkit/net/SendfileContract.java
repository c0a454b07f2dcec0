package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.SendfileNotAvailableException;
import aio.loop.SendfileOptions;
import aio.policy.EventLoopPolicy;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending files, without copying and by the fallback: C285 to C287, and the live exchange of drivers meanwhile. */
@Asyncio("eventloop#loop.sendfile")
public abstract class SendfileContract extends ExchangingContract {
    private static final BytePattern PATTERN = new BytePattern(40);
    private static final int LARGE = 8 * 1024 * 1024; // more than the kernel takes at once

    @TempDir
    Path folder;

    /** For subclasses. */
    protected SendfileContract() {}

    private FileChannel file(int size) throws IOException {
        Path path = folder.resolve("file");
        Files.write(path, PATTERN.bytes(0, size));
        return closing(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Moves the loop to a driver that takes no files, if the fallback is to be tested. */
    private void useFallback(boolean fallback) {
        if (fallback) {
            exchange(new PolicyOn(faulty().takeNoFiles()));
        }
    }

    private static SendfileOptions all() {
        return SendfileOptions.whole();
    }

    /** Sends a large file to a peer that does not read yet. */
    private LoopFuture<Long> sendLarge(RecordingProtocol protocol, FileChannel file) {
        LoopFuture<Long> sending = loop.sendfile(protocol.transport(), file);
        Await.until("the kernel takes no more", () -> file.position() > 0);
        running.linger(Duration.ofMillis(20));
        assertThat(sending.isDone()).isFalse();
        return sending;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wholeFile_arrives(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = loop.sendfile(protocol.transport(), file);
        pair.client().receive(PATTERN, 0, LARGE);
        assertThat(done(sending)).isEqualTo(LARGE);
        assertThat(file.position()).isEqualTo(LARGE);
        assertThat(protocol.events()).containsExactly("made");
        assertThat(protocol.transport().getProtocol()).isSameAs(protocol);
        pair.client().send("and back");
        protocol.awaitBytes(8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void c285_offsetAndCount_chooseThePart(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(5000);
        SendfileOptions part = all().withOffset(1000).withCount(100);
        assertThat(done(loop.sendfile(protocol.transport(), file, part))).isEqualTo(100);
        assertThat(file.position()).isEqualTo(1100);
        assertThat(done(loop.sendfile(protocol.transport(), file, part.withOffset(4950)))).isEqualTo(50);
        assertThat(done(loop.sendfile(protocol.transport(), file, part.withOffset(6000)))).isZero();
        pair.client().receive(PATTERN, 1000, 100);
        pair.client().receive(PATTERN, 4950, 50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void c286_betweenWrites_theOrderHolds(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        BytePattern before = new BytePattern(41);
        FileChannel file = file(100_000);
        LoopFuture<Long> sending = running.call(() -> {
            protocol.transport().write(before.bytes(0, LARGE));
            return loop.sendfile(protocol.transport(), file);
        });
        pair.client().receive(before, 0, LARGE);
        pair.client().receive(PATTERN, 0, 100_000);
        assertThat(done(sending)).isEqualTo(100_000);
        running.run(() -> protocol.transport().write("suffix".getBytes()));
        assertThat(pair.client().receiveText(6)).isEqualTo("suffix");
    }

    @Test
    void c287_writeMeanwhile_isRefused() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        running.run(() -> assertThatThrownBy(() -> protocol.transport().write(new byte[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unable to write; sendfile is in progress"));
        pair.client().receive(PATTERN, 0, LARGE);
        done(sending);
        running.run(() -> protocol.transport().write(new byte[] {'x'}));
        assertThat(pair.client().receiveText(1)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void c287_secondFileMeanwhile_isRefused(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = sendLarge(protocol, file);
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendfile is in progress");
        pair.client().receive(PATTERN, 0, LARGE);
        done(sending);
    }

    @Test
    void c287_closingTransport_isRefused() throws Exception {
        RecordingProtocol protocol = attach(pair().ours(), new RecordingProtocol());
        FileChannel file = file(10);
        running.run(() -> protocol.transport().close());
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Transport is closing");
    }

    @Test
    void c287_afterWriteEof_isRefused() throws Exception {
        RecordingProtocol protocol = attach(pair().ours(), new RecordingProtocol());
        FileChannel file = file(10);
        running.run(() -> protocol.transport().writeEof());
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void c287_transportOfAnotherLoop_isRefused() throws Exception {
        RecordingProtocol protocol = attach(pair().ours(), new RecordingProtocol());
        EventLoop other = closing(policy().newEventLoop());
        FileChannel file = file(10);
        assertThatThrownBy(() -> other.sendfile(protocol.transport(), file))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void c287_withoutFallback_aDriverThatTakesNoFiles_isRefused() throws Exception {
        useFallback(true);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(10);
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file, all().withFallback(false))))
                .isInstanceOf(SendfileNotAvailableException.class);
        pair.client().send("still here");
        protocol.awaitBytes(10);
        running.run(() -> protocol.transport().write(new byte[] {'x'}));
        assertThat(pair.client().receiveText(1)).isEqualTo("x");
    }

    @Test
    void withoutFallback_aDriverThatTakesFiles_sends() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        assertThat(done(loop.sendfile(protocol.transport(), file(1000), all().withFallback(false)))).isEqualTo(1000);
        pair.client().receive(PATTERN, 0, 1000);
    }

    @Test
    void badOptions_areRefused() {
        assertThatThrownBy(() -> all().withOffset(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> all().withCount(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void receiving_isPausedMeanwhile(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        pair.client().send("meanwhile");
        running.linger(Duration.ofMillis(50));
        assertThat(protocol.events()).containsExactly("made");
        pair.client().receive(PATTERN, 0, LARGE);
        done(sending);
        protocol.awaitBytes(9);
        assertThat(protocol.text()).isEqualTo("meanwhile");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fileThatShrinks_endsWithWhatWasSent(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = sendLarge(protocol, file);
        file.truncate(100);
        running.run(() -> protocol.transport().getWriteBufferSize());
        Thread reader = new Thread(() -> {
            try {
                pair.client().receiveAll();
            } catch (IOException e) {
                reports.sofar();
            }
        });
        reader.setDaemon(true);
        reader.start();
        assertThat(done(sending)).isPositive().isLessThan(LARGE);
        running.run(() -> protocol.transport().abort());
        reader.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelled_theConnectionIsUsable_andThePositionTells(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = sendLarge(protocol, file);
        assertThat(sending.cancel()).isTrue();
        running.turns(2);
        long sent = file.position();
        assertThat(sent).isPositive().isLessThan(LARGE);
        running.run(() -> protocol.transport().write("suffix".getBytes()));
        pair.client().receive(PATTERN, 0, sent);
        assertThat(pair.client().receiveText(6)).isEqualTo("suffix");
        pair.client().send("hi");
        protocol.awaitBytes(2);
        assertThat(file.position()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void peerThatIsGone_failsTheOperation_andThePositionTells(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = sendLarge(protocol, file);
        pair.client().reset();
        assertThat(failureOf(() -> sending)).isInstanceOf(IOException.class);
        assertThat(file.position()).isPositive().isLessThanOrEqualTo(LARGE);
        protocol.awaitLost();
        assertThat(protocol.count("lost")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void abort_failsTheOperation(boolean fallback) throws Exception {
        useFallback(fallback);
        RecordingProtocol protocol = attach(pair().ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        running.run(() -> protocol.transport().abort());
        assertThat(failureOf(() -> sending)).isInstanceOf(IOException.class);
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    void close_letsTheFileBeSentFirst() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        running.run(() -> protocol.transport().close());
        pair.client().receive(PATTERN, 0, LARGE);
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(done(sending)).isEqualTo(LARGE);
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    void writeEof_waitsForTheFile() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        running.run(() -> protocol.transport().writeEof());
        pair.client().receive(PATTERN, 0, LARGE);
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(done(sending)).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closedFile_failsTheOperation_andTheConnectionStays(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(1000);
        file.close();
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file))).isInstanceOf(IOException.class);
        running.run(() -> protocol.transport().write(new byte[] {'x'}));
        assertThat(pair.client().receiveText(1)).isEqualTo("x");
    }

    // ---- exchange of drivers

    @Test
    @Timeout(60)
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void fiftyExchangesMeanwhile_loseNoByte() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        StreamTransport transport = protocol.transport();
        EventLoopPolicy[] policies = {policy(), policy()};
        FileChannel file = file(LARGE);
        int exchanges = 0;
        while (exchanges < 50) {
            LoopFuture<Long> sending = sendLarge(protocol, file);
            long received = 0;
            for (int i = 0; i < 10; i++) {
                exchange(policies[exchanges++ % 2]);
                received = pair.client().receive(PATTERN, received, LARGE / 10);
            }
            pair.client().receive(PATTERN, received, LARGE - received);
            assertThat(done(sending)).isEqualTo(LARGE);
            file.position(0);
        }
        running.run(() -> transport.write(new byte[] {'x'}));
        assertThat(pair.client().receiveText(1)).isEqualTo("x");
    }

    @Test
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void driverThatTakesNoFiles_continuesWithTheFallback_andBack() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        long received = pair.client().receive(PATTERN, 0, LARGE / 4);
        exchange(new PolicyOn(faulty().takeNoFiles()));
        received = pair.client().receive(PATTERN, received, LARGE / 4);
        exchange();
        pair.client().receive(PATTERN, received, LARGE / 2);
        assertThat(done(sending)).isEqualTo(LARGE);
        assertThat(protocol.events()).containsExactly("made");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void driverThatTakesNoFiles_sendsTheRest_beforeTheEnd(boolean close) throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        LoopFuture<Long> sending = sendLarge(protocol, file(LARGE));
        StreamTransport transport = protocol.transport();
        running.run(close ? transport::close : transport::writeEof);
        exchange(new PolicyOn(faulty().takeNoFiles()));
        pair.client().receive(PATTERN, 0, LARGE);
        assertThat(pair.client().isAtEnd()).isTrue();
        assertThat(done(sending)).isEqualTo(LARGE);
    }

    // ---- sockets of the user

    private SocketChannel nonBlocking(Pair pair) throws IOException {
        pair.ours().configureBlocking(false);
        return pair.ours();
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendfile")
    void sock_wholeFile_andPart() throws Exception {
        Pair pair = pair();
        SocketChannel ours = nonBlocking(pair);
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = loop.sockSendfile(ours, file);
        pair.client().receive(PATTERN, 0, LARGE);
        assertThat(done(sending)).isEqualTo(LARGE);
        assertThat(file.position()).isEqualTo(LARGE);
        assertThat(done(loop.sockSendfile(ours, file, all().withOffset(1000).withCount(100)))).isEqualTo(100);
        assertThat(file.position()).isEqualTo(1100);
        pair.client().receive(PATTERN, 1000, 100);
        assertThat(done(loop.sockSendfile(ours, file, all().withOffset(LARGE)))).isZero();
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendfile")
    void sock_blockingChannel_isRefused() throws Exception {
        Pair pair = pair();
        FileChannel file = file(10);
        assertThatThrownBy(() -> loop.sockSendfile(pair.ours(), file)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendfile")
    void sock_cancelled_theSocketIsUsable() throws Exception {
        Pair pair = pair();
        SocketChannel ours = nonBlocking(pair);
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = loop.sockSendfile(ours, file);
        Await.until("it waits", () -> loop.info().watched() == 1);
        assertThat(sending.cancel()).isTrue();
        long sent = file.position();
        assertThat(sent).isPositive().isLessThan(LARGE);
        LoopFuture<Void> next = loop.sockSendall(ours, ByteBuffer.wrap("suffix".getBytes()));
        pair.client().receive(PATTERN, 0, sent);
        assertThat(pair.client().receiveText(6)).isEqualTo("suffix");
        done(next);
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendfile")
    void sock_shrinkingFile_endsWithWhatWasSent() throws Exception {
        Pair pair = pair();
        SocketChannel ours = nonBlocking(pair);
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = loop.sockSendfile(ours, file);
        Await.until("it waits", () -> loop.info().watched() == 1);
        long sent = running.call(() -> {
            long position = file.position();
            file.truncate(100);
            return position;
        });
        exchange(); // also under the next driver
        byte[] received = pair.client().receive((int) sent); // without copying, what was cut off arrives as zeros
        assertThat(received[99]).isEqualTo(PATTERN.at(99));
        assertThat(done(sending)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Asyncio("eventloop#loop.sock_sendfile")
    void anInterruptFlagThatANeighbourHasLeft_closesNoFile(boolean fallback) throws Exception {
        useFallback(fallback);
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        FileChannel file = file(LARGE);
        LoopFuture<Long> sending = running.call(() -> {
            Thread.currentThread().interrupt();
            LoopFuture<Long> begun = loop.sendfile(protocol.transport(), file);
            assertThat(Thread.currentThread().isInterrupted()).as("it is the neighbour's").isTrue();
            return begun;
        });
        CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> received(pair.client()));
        while (!read.isDone()) {
            running.run(() -> Thread.currentThread().interrupt());
        }
        assertThat(done(sending)).isEqualTo(LARGE);
        assertThat(file.isOpen()).isTrue();
        assertThat(pair.ours().isOpen()).isTrue();
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendfile")
    void anInterruptFlagThatANeighbourHasLeft_closesNoFile_thatIsSentOverASocketOfTheUser() throws Exception {
        Pair pair = pair();
        pair.ours().configureBlocking(false);
        FileChannel file = file(50_000);
        LoopFuture<Long> sending = running.call(() -> {
            Thread.currentThread().interrupt();
            return loop.sockSendfile(pair.ours(), file);
        });
        pair.client().receive(PATTERN, 0, 50_000);
        assertThat(done(sending)).isEqualTo(50_000);
        assertThat(file.isOpen()).isTrue();
    }

    private static long received(BlockingClient client) {
        try {
            return client.receive(PATTERN, 0, LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
