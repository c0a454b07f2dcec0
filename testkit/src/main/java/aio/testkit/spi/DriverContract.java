package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.Port;
import aio.spi.StreamPort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every driver guarantees: one turn after the other, adoption and release, its end. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class DriverContract extends DriverFixture {

    @Test
    void poll_zero_looksWithoutWaiting() throws IOException {
        assertThat(driver.poll(0)).isZero();
    }

    @Test
    void poll_positive_waitsAtLeastThatLong() throws IOException {
        for (long nanos : new long[] {1, 300_000, 1_000_001, 15_000_000}) {
            long start = System.nanoTime();
            assertThat(driver.poll(nanos)).isZero();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
        }
    }

    @Test
    void poll_negative_waitsForWakeup() throws Exception {
        CountDownLatch polling = new CountDownLatch(1);
        Thread waker = new Thread(() -> {
            try {
                polling.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            driver.wakeup();
        });
        waker.start();
        polling.countDown();
        assertThat(driver.poll(-1)).isZero();
        waker.join();
    }

    @Test
    void poll_afterWakeup_returnsAtOnceOnce() throws IOException {
        driver.wakeup();
        assertThat(driver.poll(-1)).isZero();
        long start = System.nanoTime();
        driver.poll(SHORT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void poll_interrupted_clearsTheFlagAndWaits() throws IOException {
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        driver.poll(SHORT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void poll_interruptedWhileWaiting_doesNotSpinAfterwards() throws Exception {
        Thread polling = Thread.currentThread();
        Thread interrupter = new Thread(polling::interrupt);
        interrupter.start();
        // ends early or finds the flag: either way the next poll waits
        driver.poll(SHORT);
        awaitEnd(interrupter);
        driver.poll(0);
        long start = System.nanoTime();
        driver.poll(SHORT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT);
    }

    private static void awaitEnd(Thread thread) {
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void events_areDeliveredInDispatchOnly() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("hello");
        assertThat(driver.poll(-1)).isEqualTo(1);
        assertThat(events.log()).isEmpty();
        driver.dispatch();
        assertThat(events.log()).containsExactly("received");
        assertThat(events.text()).hasToString("hello");
    }

    @Test
    void dispatch_eventThrows_continuesAfterItNextTime() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents events = recorder("s", log);
            driver.adopt(pair.ours(), events).resumeReading();
            events.on("received", () -> {
                throw new OutOfMemoryError("asked for by the test");
            });
            pair.send("x");
        }
        awaitCollected(3);
        for (int delivered = 1; delivered <= 3; delivered++) {
            assertThatThrownBy(driver::dispatch).isInstanceOf(OutOfMemoryError.class);
            assertThat(log).hasSize(delivered);
        }
        driver.dispatch();
        assertThat(log).hasSize(3);
    }

    @Test
    void poll_afterADispatchThatThrew_losesNothingAndDoesNotWait() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents events = recorder("s", log).on("received", () -> {
                throw new OutOfMemoryError("asked for by the test");
            });
            driver.adopt(pair.ours(), events).resumeReading();
            pair.send("x");
        }
        awaitCollected(2);
        assertThatThrownBy(driver::dispatch).isInstanceOf(OutOfMemoryError.class);
        assertThat(driver.poll(-1)).isEqualTo(1);
        assertThatThrownBy(driver::dispatch).isInstanceOf(OutOfMemoryError.class);
        assertThat(log).hasSize(2);
        driver.dispatch();
        assertThat(log).hasSize(2);
    }

    @Test
    void factory_tellsWhatItsDriversDo() throws IOException {
        assertThat(factory().name()).isNotBlank();
        Pair pair = closing(Pair.tcp());
        if (!factory().features().contains(DriverFeature.DESCRIPTOR_WATCHING)) {
            assertThatThrownBy(() -> driver.watch(pair.ours(), recorder()))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(pair.ours().isRegistered()).isFalse();
        } else {
            driver.watch(pair.ours(), recorder()).release();
        }
        if (factory().features().contains(DriverFeature.RAW_SOCKETS)) {
            driver.serveRaw(pair.ours(), recorder()).release();
        }
        IoDriver opened = open("worker");
        assertThat(opened.poll(0)).isZero();
    }

    @Test
    void dispatch_portReleasedSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        port.release();
        driver.dispatch();
        assertThat(events.received()).isZero();
        assertThat(events.log()).isEqualTo(readsAhead() ? List.of("unread") : List.of());
        assertThat(events.unread()).isEqualTo(readsAhead() ? "x" : "");
    }

    @Test
    void dispatch_interestWithdrawnSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        port.pauseReading();
        driver.dispatch();
        assertThat(events.log()).isEmpty();
        port.resumeReading();
        turnUntil(() -> events.received() == 1);
    }

    @Test
    void dispatch_portReleasedByAnEarlierEvent_isSkipped() throws IOException {
        List<String> log = new ArrayList<>();
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents events = recorder("s", log).on("received", () -> ports.forEach(Port::release));
            StreamPort port = driver.adopt(pair.ours(), events);
            port.resumeReading();
            ports.add(port);
            pair.send("x");
        }
        awaitCollected(2);
        driver.dispatch();
        assertThat(log).isEqualTo(readsAhead() ? List.of("s:received", "s:unread") : List.of("s:received"));
    }

    @Test
    void dispatch_channelClosedSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        pair.ours().close();
        driver.dispatch();
        port.pauseReading();
        turn();
        assertThat(events.log()).isEmpty();
    }

    @Test
    void dispatch_listenersComeFirst() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Pair pair = closing(Pair.tcp());
            driver.adopt(pair.ours(), recorder("stream", log)).resumeReading();
            pair.send("x");
        }
        ServerSocketChannel server = closing(Pair.listener(5));
        server.configureBlocking(false);
        RecordingEvents listening = recorder("listener", log);
        driver.adopt(server, listening).resumeAccepting();
        closing(SocketChannel.open(server.getLocalAddress()));
        awaitCollected(6);
        driver.dispatch();
        listening.accepted().forEach(this::closing);
        assertThat(log).hasSize(6).startsWith("listener:accepted");
    }

    @Test
    void adopt_twice_isRefusedAndLeavesTheFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        driver.adopt(pair.ours(), events).resumeReading();
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test");
        if (factory().features().contains(DriverFeature.DESCRIPTOR_WATCHING)) {
            assertThatThrownBy(() -> driver.watch(pair.ours(), recorder()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("test");
        }
        pair.send("x");
        turnUntil(() -> events.received() == 1);
    }

    @Test
    void adopt_afterRelease_losesNothingCollected() throws IOException {
        Pair moving = closing(Pair.tcp());
        Pair other = closing(Pair.tcp());
        RecordingEvents otherEvents = recorder();
        driver.adopt(other.ours(), otherEvents).resumeReading();
        driver.adopt(moving.ours(), recorder()).release();
        other.send("x");
        RecordingEvents events = recorder();
        // the selection that this causes may collect the other one's bytes
        driver.adopt(moving.ours(), events).resumeReading();
        assertThat(otherEvents.log()).isEmpty();
        moving.send("y");
        turnUntil(() -> events.received() == 1 && otherEvents.received() == 1);
    }

    @Test
    void adopt_afterRelease_keepsAWakeup() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), recorder()).release();
        driver.wakeup();
        driver.adopt(pair.ours(), recorder());
        assertThat(driver.poll(-1)).isZero();
    }

    @Test
    void adopt_insideAnEventAfterRelease_continues() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents second = recorder();
        StreamPort[] first = new StreamPort[1];
        RecordingEvents events = recorder().on("received", () -> {
            first[0].release();
            try {
                driver.adopt(pair.ours(), second).resumeReading();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        first[0] = driver.adopt(pair.ours(), events);
        first[0].resumeReading();
        pair.send("a");
        turnUntil(() -> events.received() == 1);
        pair.send("b");
        turnUntil(() -> second.received() == 1);
        assertThat(events.log()).hasSize(1);
    }

    @Test
    void release_twiceAndPoll_forgetsTheChannel() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), recorder());
        port.release();
        port.release();
        driver.poll(0);
        assertThat(pair.ours().isRegistered()).isFalse();
        assertThat(pair.ours().isOpen()).isTrue();
        port.resumeReading();
        port.pauseReading();
        pair.ours().configureBlocking(true);
    }

    @Test
    void release_collectedButNotDispatched_isNotKeptAlive() throws IOException {
        assertIsGone(adoptCollectAndRelease(false));
    }

    @Test
    void release_dispatched_isNotKeptAlive() throws IOException {
        assertIsGone(adoptCollectAndRelease(true));
    }

    private void assertIsGone(WeakReference<Object> gone) throws IOException {
        driver.poll(0);
        long deadline = System.nanoTime() + PATIENCE;
        while (gone.get() != null) {
            assertThat(System.nanoTime() - deadline).isNegative();
            System.gc();
        }
    }

    private WeakReference<Object> adoptCollectAndRelease(boolean dispatched) throws IOException {
        try (Pair pair = Pair.tcp()) {
            RecordingEvents events = recorder();
            StreamPort port = driver.adopt(pair.ours(), events);
            port.resumeReading();
            pair.send("x");
            driver.poll(-1);
            if (dispatched) {
                driver.dispatch();
            }
            port.release();
            return new WeakReference<>(events);
        }
    }

    @Test
    void close_twice_thenEverythingSaysSo() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.close();
        driver.close();
        driver.wakeup();
        driver.dispatch();
        assertThatThrownBy(() -> driver.poll(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test");
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder()))
                .isInstanceOf(IOException.class);
        assertThat(pair.ours().isOpen()).isTrue();
    }

    @Test
    void close_withPorts_leavesChannelsOpenAndPortsHarmless() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), recorder());
        driver.close();
        port.resumeReading();
        port.release();
        assertThat(pair.ours().isOpen()).isTrue();
        assertThat(pair.ours().isRegistered()).isFalse();
    }

    @Test
    void adopt_closedChannel_isAnIoFailure() throws IOException {
        Pair pair = Pair.tcp();
        pair.close();
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> driver.connect(pair.ours(), recorder())).isInstanceOf(IOException.class);
    }

    @Test
    void driver_movesBetweenThreadsBetweenTurns() throws Exception {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("a");
        turnUntil(() -> events.received() == 1);
        pair.send("b");
        Thread other = new Thread(() -> {
            try {
                turnUntil(() -> events.received() == 2);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        other.join();
        assertThat(events.text()).hasToString("ab");
    }
}
