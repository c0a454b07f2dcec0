package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriverFactory;
import aio.spi.StreamPort;
import aio.testkit.spi.Pair;
import aio.testkit.spi.StreamPortContract;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ProactorStreamPortTest extends StreamPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    private BufferPool readBuffers() {
        return ((ProactorDriver) driver).readBuffers();
    }

    private BufferPool writeBuffers() {
        return ((ProactorDriver) driver).writeBuffers();
    }

    @Test
    void received_pausesAndLeavesARest_theRestComesFirstWhenResumed() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        events.takeAtMost(2);
        events.on("received", port::pauseReading);
        port.resumeReading();
        pair.send("abcd");
        turnUntil(() -> events.received() == 2);
        pair.send("ef");
        turn();
        assertThat(events.text()).hasToString("ab");
        port.resumeReading();
        turnUntil(() -> events.received() == 4);
        events.takeAtMost(100);
        port.resumeReading();
        turnUntil(() -> events.received() == 6);
        assertThat(events.text()).hasToString("abcdef");
        assertThat(readBuffers().lent()).isZero();
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
        assertThat(events.log()).containsExactly("unread");
        assertThat(events.unread()).hasToString("abc");
        assertThat(readBuffers().lent()).isZero();
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
        assertThat(events.log()).containsExactly("failed");
    }

    @Test
    void release_afterAFailure_handsBackWhatWasReadBefore() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("answer");
        driver.poll(-1);
        port.pauseReading();
        driver.dispatch();
        fill(port);
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        while (events.log().isEmpty()) {
            driver.poll(-1);
            driver.dispatch();
        }
        port.release();
        assertThat(events.log()).containsExactly("failed", "unread");
        assertThat(events.unread()).hasToString("answer");
        assertThat(readBuffers().lent()).isZero();
    }

    @Test
    void release_endReadAndNotDelivered_isToldAgainByTheKernel() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.peer().shutdownOutput();
        driver.poll(-1);
        port.release();
        assertThat(events.log()).isEmpty();
        assertThat(pair.ours().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void release_takenAndNotWritten_handsTheBytesBackInOrder() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        long waiting = port.unwritten();
        port.release();
        assertThat(events.log()).containsExactly("unwritten");
        assertThat(events.unwritten()).hasSize((int) waiting);
        assertThat(writeBuffers().lent()).isZero();
        readFully(pair, ByteBuffer.allocate((int) (total - waiting)));
        pair.ours().close();
        assertThat(pair.peer().read(ByteBuffer.allocate(1))).as("nothing was written after the release").isEqualTo(-1);
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
        assertThat(port.unwritten()).isBetween(1L, 64L * 1024);
        ByteBuffer read = drain(pair, total);
        for (long expected = 0; read.remaining() >= Long.BYTES; expected++) {
            assertThat(read.getLong()).isEqualTo(expected);
        }
        assertThat(events.log()).isNotEmpty().containsOnly("writable");
    }

    @Test
    void shutdownOutput_comesAfterWhatWaits() throws IOException {
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
        assertThat(events.log()).containsExactly("unwritten");
    }

    @Test
    void write_thatFailsWhileItWaits_isDeliveredOnce() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        fill(port);
        pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.peer().close();
        turnUntil(() -> events.log().contains("failed"));
        turn();
        assertThat(events.log()).containsExactly("failed");
        assertThat(port.unwritten()).isZero();
        assertThat(writeBuffers().lent()).isZero();
        assertThatThrownBy(() -> port.write(Pair.bytes("x"))).isInstanceOf(IOException.class);
        port.release();
        assertThat(events.log()).containsExactly("failed");
    }

    @Test
    void write_withAllBuffersLent_takesWhatTheKernelTakes() throws IOException {
        while (writeBuffers().take() != null) {
            assertThat(writeBuffers().lent()).isLessThanOrEqualTo(64);
        }
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        long total = fill(port);
        assertThat(port.unwritten()).isZero();
        turn();
        assertThat(events.log()).isEmpty();
        readFully(pair, ByteBuffer.allocate((int) total));
        turnUntil(() -> !events.log().isEmpty());
        assertThat(driver.poll(SHORT)).isZero();
        assertThat(events.log()).containsExactly("writable");
    }
}
