package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.StreamPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProactorStreamPortTest extends DriverTestBase {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void reading_startsPausedAndIsSwitched(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        pair.send("abc");
        turn();
        assertThat(events.log).isEmpty();
        port.resumeReading();
        port.resumeReading();
        turnUntil(() -> events.text.length() == 3);
        port.pauseReading();
        port.pauseReading();
        pair.send("def");
        turn();
        assertThat(events.text).hasToString("abc");
        port.resumeReading();
        turnUntil(() -> events.text.length() == 6);
        assertThat(events.text).hasToString("abcdef");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void endOfStream_comesOnceBehindTheBytes(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("bye");
        pair.peer().shutdownOutput();
        turnUntil(() -> events.log.contains("end"));
        port.resumeReading();
        turn();
        assertThat(events.log).containsExactly("received", "end");
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
        assertThat(events.log).isEmpty();
        port.resumeReading();
        turnUntil(() -> events.log.contains("end"));
    }

    @Test
    void reset_failsOnceThenNothing() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        turnUntil(() -> events.log.contains("failed"));
        port.resumeReading();
        turn();
        assertThat(events.log).containsExactly("failed");
        assertThat(events.failures).hasSize(1);
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        turn();
        assertThat(events.log).containsExactly("failed");
    }

    @ParameterizedTest
    @EnumSource(Pair.Family.class)
    void write_allTaken_signalsNothing(Pair.Family family) throws IOException {
        Pair pair = closing(Pair.open(family));
        StreamPort port = driver.adopt(pair.ours(), events);
        ByteBuffer bytes = Pair.bytes("hello");
        assertThat(port.write(bytes)).isEqualTo(5);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(port.write(ByteBuffer.allocate(0))).isZero();
        turn();
        assertThat(events.log).isEmpty();
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
        assertThat(port.unwritten()).isPositive().isLessThanOrEqualTo(64 * 1024);
        turn();
        assertThat(events.log).isEmpty();
        drain(pair, (int) total);
        turnUntil(() -> port.unwritten() == 0);
        turn();
        // once for room, once for the last byte; both are one if the kernel takes everything at once
        assertThat(events.log).isSubsetOf("writable").hasSizeBetween(1, 2);
    }

    @Test
    void write_inWritable_asksAgain() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long[] total = {fill(port)};
        events.on("writable", () -> {
            try {
                total[0] += events.log.size() == 1 ? fill(port) : 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        drain(pair, (int) total[0]);
        turnUntil(() -> events.log.size() >= 2 && port.unwritten() == 0);
        assertThat(events.log).containsOnly("writable");
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
    void readAndWrite_bothReady_readsFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        pair.send("x");
        readFully(pair, ByteBuffer.allocate((int) total - port.unwritten()));
        port.resumeReading();
        assertThat(driver.poll(-1)).isEqualTo(2);
        driver.dispatch();
        assertThat(events.log).containsExactly("received", "writable");
    }

    @Test
    void readAndWrite_releasedByTheFirst_secondIsNotDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        events.on("received", port::release);
        long total = fill(port);
        pair.send("x");
        readFully(pair, ByteBuffer.allocate((int) total - port.unwritten()));
        port.resumeReading();
        driver.poll(-1);
        driver.dispatch();
        turn();
        assertThat(events.log).containsExactly("received");
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
        turnUntil(() -> events.text.length() == 6);
    }

    @Test
    void received_answersFalse_readsNoMoreInThisDispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.goOn = false;
        driver.adopt(pair.ours(), events).resumeReading();
        sendMuch(pair);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.log).containsExactly("received");
    }

    @Test
    void fullBuffers_areReadAFewTimesADispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), events).resumeReading();
        int sent = sendMuch(pair);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.log.size()).isLessThanOrEqualTo(4);
        turnUntil(() -> events.text.length() == sent);
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

    @Test
    void received_pausesAndLeavesARest_theRestComesFirstWhenResumed() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        events.most = 2;
        events.on("received", port::pauseReading);
        port.resumeReading();
        pair.send("abcd");
        turnUntil(() -> events.text.length() == 2);
        pair.send("ef");
        turn();
        assertThat(events.text).hasToString("ab");
        port.resumeReading();
        turnUntil(() -> events.text.length() == 4);
        events.most = 100;
        port.resumeReading();
        turnUntil(() -> events.text.length() == 6);
        assertThat(events.text).hasToString("abcdef");
        assertThat(driver.readBuffers().lent()).isZero();
    }

    @Test
    void release_readAndPaused_handsTheBytesBack() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("abc");
        driver.poll(-1);
        port.pauseReading();
        driver.dispatch();
        pair.send("def");
        turn();
        port.release();
        assertThat(events.log).containsExactly("unread");
        assertThat(events.unread).hasToString("abc");
        assertThat(driver.readBuffers().lent()).isZero();
        ByteBuffer rest = ByteBuffer.allocate(10);
        assertThat(pair.ours().read(rest)).isEqualTo(3);
    }

    @Test
    void release_resetReadAndNotDelivered_isDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        driver.poll(-1);
        port.release();
        driver.dispatch();
        assertThat(events.log).containsExactly("failed");
    }

    @Test
    void release_endReadAndNotDelivered_isToldAgainByTheKernel() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.peer().shutdownOutput();
        driver.poll(-1);
        port.release();
        assertThat(events.log).isEmpty();
        assertThat(pair.ours().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void release_takenAndNotWritten_handsTheBytesBackInOrder() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        int waiting = port.unwritten();
        port.release();
        assertThat(events.log).containsExactly("unwritten");
        assertThat(events.unwritten).hasSize(waiting);
        assertThat(driver.writeBuffers().lent()).isZero();
        readFully(pair, ByteBuffer.allocate((int) total - waiting));
        pair.ours().close();
        assertThat(pair.peer().read(ByteBuffer.allocate(1))).as("nothing was written behind the release").isEqualTo(-1);
    }

    @Test
    void writesThatWait_reachThePeerInOrder() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        int total = 0;
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        for (long next = 0; !number.hasRemaining() || next == 0; next++) {
            number.clear().putLong(next).flip();
            total += port.write(number);
        }
        assertThat(port.unwritten()).isPositive();
        ByteBuffer read = drain(pair, total);
        for (long expected = 0; read.remaining() >= Long.BYTES; expected++) {
            assertThat(read.getLong()).isEqualTo(expected);
        }
        assertThat(events.log).isNotEmpty().containsOnly("writable");
    }

    @Test
    void shutdownOutput_goesBehindWhatWaits() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        port.shutdownOutput();
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        drain(pair, (int) total);
        turnUntil(() -> port.unwritten() == 0);
        pair.peer().configureBlocking(true);
        assertThat(pair.peer().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void shutdownOutput_waitingAtTheRelease_isNotDone() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        fill(port);
        port.shutdownOutput();
        port.release();
        assertThat(pair.ours().socket().isOutputShutdown()).isFalse();
        assertThat(events.log).containsExactly("unwritten");
    }

    @Test
    void write_thatFailsWhileItWaits_isDeliveredOnce() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        fill(port);
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        turnUntil(() -> events.log.contains("failed"));
        turn();
        assertThat(events.log).containsExactly("failed");
        assertThat(port.unwritten()).isZero();
        assertThat(driver.writeBuffers().lent()).isZero();
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        port.release();
        assertThat(events.log).containsExactly("failed");
    }

    @Test
    void write_withAllBuffersLent_takesWhatTheKernelTakes() throws IOException {
        while (driver.writeBuffers().take() != null) {
            assertThat(driver.writeBuffers().lent()).isLessThanOrEqualTo(64);
        }
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        assertThat(port.unwritten()).isZero();
        turn();
        assertThat(events.log).isEmpty();
        readFully(pair, ByteBuffer.allocate((int) total));
        turnUntil(() -> !events.log.isEmpty());
        assertThat(driver.poll(SHORT)).isZero();
        assertThat(events.log).containsExactly("writable");
    }

    /** Reads at the peer what was taken, while the driver writes what waits. */
    private ByteBuffer drain(Pair pair, int count) throws IOException {
        pair.peer().configureBlocking(false);
        ByteBuffer read = ByteBuffer.allocate(count);
        turnUntil(() -> {
            try {
                assertThat(pair.peer().read(read)).isNotNegative();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !read.hasRemaining();
        });
        return read.flip();
    }

    /** Writes until the kernel takes no more, then once more, so that something remains. */
    private static long fill(StreamPort port) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        long total = 0;
        int taken;
        do {
            taken = port.write(block.clear());
            total += taken;
        } while (taken > 0);
        return total;
    }

    private static void readFully(Pair pair, ByteBuffer into) throws IOException {
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
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> read(pair.peer(), content.length));
        for (long sent = 0; sent < content.length;) {
            events.log.clear();
            sent += port.transferFrom(file, sent, content.length - sent);
            if (sent < content.length) {
                turnUntil(() -> events.log.contains("writable"));
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
        pair.ours().shutdownOutput();
        assertThatThrownBy(() -> port.transferFrom(file, 0, 100)).isInstanceOf(IOException.class);
    }
}
