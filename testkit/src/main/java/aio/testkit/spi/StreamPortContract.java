package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aio.spi.StreamPort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the port of a connected stream guarantees. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class StreamPortContract extends DriverFixture {
    /** What the driver has delivered. */
    protected final RecordingEvents events = recorder();

    /** Returns how many reads of one stream the driver delivers in one dispatch, so that others have their turn. */
    protected int readsADispatch() {
        return 4;
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void reading_startsPausedAndIsSwitched(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        pair.send("abc");
        turn();
        assertThat(events.log()).isEmpty();
        port.resumeReading();
        port.resumeReading();
        turnUntil(() -> events.received() == 3);
        port.pauseReading();
        port.pauseReading();
        pair.send("def");
        turn();
        assertThat(events.text()).hasToString("abc");
        port.resumeReading();
        turnUntil(() -> events.received() == 6);
        assertThat(events.text()).hasToString("abcdef");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void endOfStream_comesOnceAfterTheBytes(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("bye");
        pair.peer().shutdownOutput();
        turnUntil(() -> events.log().contains("end"));
        port.resumeReading();
        turn();
        assertThat(events.log()).containsExactly("received", "end");
        assertThat(port.write(Pair.bytes("still"))).isEqualTo(5);
    }

    @Test
    void endOfStream_paused_waits() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        port.pauseReading();
        pair.peer().shutdownOutput();
        turn();
        assertThat(events.log()).isEmpty();
        port.resumeReading();
        turnUntil(() -> events.log().contains("end"));
    }

    @Test
    void reset_failsOnceThenNothing() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        turnUntil(() -> events.log().contains("failed"));
        port.resumeReading();
        turn();
        assertThat(events.log()).containsExactly("failed");
        assertThat(events.failures()).hasSize(1);
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        turn();
        assertThat(events.log()).containsExactly("failed");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void write_allTaken_signalsOnlyWhatWasUnwritten(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        ByteBuffer bytes = Pair.bytes("hello");
        assertThat(port.write(bytes)).isEqualTo(5);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(port.write(ByteBuffer.allocate(0))).isZero();
        // an engine that posts the bytes tells once that they were sent; a signal for bytes that count as written at
        // once would only wake the loop
        boolean posted = port.unwritten() > 0;
        turn();
        turnUntil(() -> port.unwritten() == 0 && events.log().isEmpty() != posted);
        turn();
        assertThat(events.log()).isEqualTo(posted ? List.of("writable") : List.of());
        ByteBuffer read = ByteBuffer.allocate(5);
        readFully(pair, read);
        assertThat(new String(read.array())).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void write_partlyTaken_signalsWritableOnce(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        int ahead = (int) port.unwritten();
        turn();
        assertThat(events.log()).isEmpty();
        drain(pair, (int) total);
        turnUntil(() -> port.unwritten() == 0 && !events.log().isEmpty());
        turn();
        // once for room and, if the driver took some bytes itself, once for the last of them
        assertThat(events.log()).containsOnly("writable").hasSizeBetween(1, ahead == 0 ? 1 : 2);
    }

    @Test
    void write_inWritable_asksAgain() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        fill(port);
        events.on("writable", () -> {
            try {
                if (events.log().size() == 1) {
                    fill(port);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        pair.peer().configureBlocking(false);
        ByteBuffer read = ByteBuffer.allocate(1 << 20);
        turnUntil(() -> {
            readSome(pair, read.clear());
            return events.log().size() >= 2 && port.unwritten() == 0;
        });
        assertThat(events.log()).containsOnly("writable");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void write_gathering_keepsOrderAndPositions(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        ByteBuffer[] buffers = new ByteBuffer[2002];
        Arrays.setAll(buffers, i -> Pair.bytes(String.valueOf(i % 10)));
        long taken = 0;
        while (taken < 2000) {
            int done = (int) taken;
            taken += port.write(buffers, 1 + done, 2000 - done);
        }
        ByteBuffer read = drain(pair, 2000);
        for (int i = 0; i < 2000; i++) {
            assertThat(read.get(i)).isEqualTo((byte) ('0' + (i + 1) % 10));
        }
        assertThat(buffers[0].hasRemaining()).isTrue();
        assertThat(buffers[2001].hasRemaining()).isTrue();
    }

    @Test
    void write_gatheringPartlyTaken_signalsWritable() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        ByteBuffer[] buffers = {ByteBuffer.allocate(32 << 20), ByteBuffer.allocate(0)};
        long total = port.write(buffers, 0, 2);
        assertThat(total).isBetween(1L, (32L << 20) - 1);
        assertThat(buffers[0].position()).isEqualTo((int) total);
        drain(pair, (int) total);
        turnUntil(() -> events.log().contains("writable"));
    }

    @Test
    void readAndWrite_bothReady_readsFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        collectReadAndWrite(pair, port);
        driver.dispatch();
        assertThat(events.log()).containsExactly("received", "writable");
    }

    @Test
    void readAndWrite_releasedByTheFirst_secondIsNotDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        events.on("received", port::release);
        collectReadAndWrite(pair, port);
        driver.dispatch();
        turn();
        assertThat(events.log()).containsExactly("received");
    }

    private void collectReadAndWrite(Pair pair, StreamPort port) throws IOException {
        long total = fill(port);
        pair.send("x");
        readFully(pair, ByteBuffer.allocate((int) (total - port.unwritten())));
        if (readsAhead()) {
            port.resumeReading();
            awaitCollected(2);
        } else {
            // writable first and alone, since nothing else tells that both are ready
            driver.poll(-1);
            port.resumeReading();
            driver.poll(0);
        }
    }

    @Test
    void write_afterShutdownOutput_isTheCallersFailure() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.shutdownOutput();
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        turn();
        assertThat(events.log()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void shutdownOutput_endsThePeersReadingOnly(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        port.write(Pair.bytes("last"));
        port.shutdownOutput();
        ByteBuffer read = ByteBuffer.allocate(10);
        while (pair.peer().read(read) >= 0) {
            assertThat(read.position()).isLessThanOrEqualTo(4);
        }
        assertThat(read.position()).isEqualTo(4);
        pair.send("answer");
        turnUntil(() -> events.received() == 6);
    }

    @Test
    void received_returnsFalse_readsNoMoreInThisDispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.lend(ByteBuffer.allocate(1024));
        events.wantNoMore();
        driver.adopt(pair.ours(), events).resumeReading();
        sendMuch(pair);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.log()).containsExactly("received");
    }

    @Test
    void received_pausesItself_readsNoMore() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.lend(ByteBuffer.allocate(1024));
        StreamPort port = driver.adopt(pair.ours(), events);
        events.on("received", port::pauseReading);
        port.resumeReading();
        sendMuch(pair);
        driver.poll(-1);
        driver.dispatch();
        turn();
        assertThat(events.log()).containsExactly("received");
    }

    @Test
    void fullBuffers_areReadAFewTimesADispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.lend(ByteBuffer.allocate(1024));
        driver.adopt(pair.ours(), events).resumeReading();
        int sent = sendMuch(pair);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.log()).hasSizeBetween(readsAhead() ? 1 : readsADispatch(), readsADispatch());
        events.lend(ByteBuffer.allocate(64 * 1024));
        turnUntil(() -> events.received() == sent);
    }

    /** Sends as much as the kernel takes. */
    private static int sendMuch(Pair pair) throws IOException {
        pair.peer().configureBlocking(false);
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        int sent = 0;
        for (int taken = pair.peer().write(block); taken > 0; taken = pair.peer().write(block.clear())) {
            sent += taken;
        }
        assertThat(sent).isGreaterThan(128 * 1024);
        return sent;
    }

    /** Reads at the peer what was taken, while the driver writes what waits. */
    protected final ByteBuffer drain(Pair pair, int count) throws IOException {
        pair.peer().configureBlocking(false);
        ByteBuffer read = ByteBuffer.allocate(count);
        turnUntil(() -> {
            readSome(pair, read);
            return !read.hasRemaining();
        });
        return read.flip();
    }

    private static void readSome(Pair pair, ByteBuffer into) {
        try {
            assertThat(pair.peer().read(into)).isNotNegative();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes until the kernel takes no more, then once more, so that something remains. */
    protected static long fill(StreamPort port) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        long total = 0;
        int taken;
        do {
            taken = port.write(block.clear());
            total += taken;
        } while (taken > 0);
        return total;
    }

    /** Reads at the peer until the buffer is full. */
    protected static void readFully(Pair pair, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            assertThat(pair.peer().read(into)).isPositive();
        }
    }

    @Test
    void transferFrom_takesWhatThereIsRoomFor_andTellsWhenThereIsMore(@TempDir Path folder) throws IOException {
        Pair pair = closing(Pair.tcp());
        byte[] content = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(content);
        Path path = Files.write(folder.resolve("file"), content);
        FileChannel file = closing(FileChannel.open(path));
        StreamPort port = driver.adopt(pair.ours(), events);
        assumeThat(port.transferFrom(file, content.length, 1)).isNotEqualTo(StreamPort.UNSUPPORTED);
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> read(pair.peer(), content.length));
        for (long sent = 0; sent < content.length;) {
            events.log().clear();
            sent += port.transferFrom(file, sent, content.length - sent);
            if (sent < content.length) {
                turnUntil(() -> events.log().contains("writable"));
            }
        }
        assertThat(received.join()).isEqualTo(content);
        assertThat(file.position()).isZero();
        assertThat(port.transferFrom(file, content.length, 10)).isZero();
    }

    private static byte[] read(SocketChannel from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            while (bytes.hasRemaining() && from.read(bytes) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    @Test
    void transferFrom_brokenStream_fails(@TempDir Path folder) throws IOException {
        Pair pair = closing(Pair.tcp());
        FileChannel file = closing(FileChannel.open(Files.write(folder.resolve("file"), new byte[100])));
        StreamPort port = driver.adopt(pair.ours(), events);
        assumeThat(port.transferFrom(file, 100, 1)).isNotEqualTo(StreamPort.UNSUPPORTED);
        pair.ours().shutdownOutput();
        assertThatThrownBy(() -> port.transferFrom(file, 0, 100)).isInstanceOf(IOException.class);
    }
}
