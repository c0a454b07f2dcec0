package aio.driver.selector;

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

class SelectorStreamPortTest extends DriverTestBase {
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

    @Test
    void receiveBuffer_null_stopsReadingWithoutSpinning() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        ByteBuffer buffer = events.buffer;
        events.buffer = null;
        port.resumeReading();
        pair.send("x");
        turnUntil(() -> !events.log.isEmpty());
        assertThat(driver.poll(SHORT)).isZero();
        assertThat(events.log).containsExactly("refused");
        events.buffer = buffer;
        port.resumeReading();
        turnUntil(() -> events.text.length() == 1);
    }

    @Test
    void received_answersFalse_readsNoMoreInThisDispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.buffer = ByteBuffer.allocate(2);
        events.goOn = false;
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("abcd");
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.text).hasToString("ab");
    }

    @Test
    void received_pausesItself_readsNoMore() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.buffer = ByteBuffer.allocate(2);
        StreamPort port = driver.adopt(pair.ours(), events);
        events.on("received", port::pauseReading);
        port.resumeReading();
        pair.send("abcd");
        driver.poll(-1);
        driver.dispatch();
        turn();
        assertThat(events.text).hasToString("ab");
    }

    @Test
    void fullBuffers_areReadAFewTimesADispatch() throws IOException {
        Pair pair = closing(Pair.tcp());
        events.buffer = ByteBuffer.allocate(1);
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("0123456789");
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.text).hasToString("0123");
        turnUntil(() -> events.text.length() == 10);
        assertThat(events.text).hasToString("0123456789");
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
        turn();
        assertThat(events.log).isEmpty();
        readFully(pair, ByteBuffer.allocate((int) total));
        turnUntil(() -> !events.log.isEmpty());
        turn();
        assertThat(events.log).containsExactly("writable");
    }

    @Test
    void write_inWritable_asksAgain() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long[] total = {fill(port)};
        events.on("writable", () -> {
            try {
                total[0] = events.log.size() == 1 ? fill(port) : total[0];
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        readFully(pair, ByteBuffer.allocate((int) total[0]));
        turnUntil(() -> events.log.size() == 1);
        readFully(pair, ByteBuffer.allocate((int) total[0]));
        turnUntil(() -> events.log.size() == 2);
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
        ByteBuffer read = ByteBuffer.allocate(2000);
        readFully(pair, read);
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
        readFully(pair, ByteBuffer.allocate((int) total));
        turnUntil(() -> events.log.contains("writable"));
    }

    @Test
    void readAndWrite_bothReady_readsFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        pair.send("x");
        readFully(pair, ByteBuffer.allocate((int) total));
        // collected as writable first: both are then delivered by one dispatch
        driver.poll(-1);
        port.resumeReading();
        driver.poll(0);
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
        readFully(pair, ByteBuffer.allocate((int) total));
        driver.poll(-1);
        port.resumeReading();
        driver.poll(0);
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
    void write_afterShutdownOutput_isTheCallersFailure() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.shutdownOutput();
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        turn();
        assertThat(events.log).isEmpty();
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
