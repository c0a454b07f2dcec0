package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriver;
import aio.spi.Port;
import aio.spi.StreamPort;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProactorDriverTest extends DriverTestBase {

    @Test
    void factory_isNamedProactorAndDoesNotWatch() throws IOException {
        ProactorDriverFactory factory = new ProactorDriverFactory();
        assertThat(factory.name()).isEqualTo("proactor");
        assertThat(factory.watchesDescriptors()).isFalse();
        IoDriver opened = factory.open(() -> "worker");
        closing(opened::close);
        assertThat(opened.poll(0)).isZero();
    }

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
    void timeout_isRoundedUpToMilliseconds() {
        assertThat(ProactorDriver.roundedUpToMillis(1)).isEqualTo(1);
        assertThat(ProactorDriver.roundedUpToMillis(999_999)).isEqualTo(1);
        assertThat(ProactorDriver.roundedUpToMillis(1_000_000)).isEqualTo(1);
        assertThat(ProactorDriver.roundedUpToMillis(1_000_001)).isEqualTo(2);
        assertThat(ProactorDriver.roundedUpToMillis(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE / 1_000_000 + 1);
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
        // ends early or finds the flag: either way the next one waits
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
        Events events = new Events();
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("hello");
        assertThat(driver.poll(-1)).isEqualTo(1);
        assertThat(events.log).isEmpty();
        driver.dispatch();
        assertThat(events.log).containsExactly("received");
        assertThat(events.text).hasToString("hello");
    }

    @Test
    void dispatch_eventThrows_goesOnBehindItNextTime() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Pair pair = closing(Pair.tcp());
            Events events = new Events("s", log);
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

    private void awaitCollected(int ports) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (driver.poll(-1) < ports) {
            assertThat(System.nanoTime() - deadline).isNegative();
        }
    }

    @Test
    void poll_behindADispatchThatThrew_keepsTheRestAndDoesNotWait() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Pair pair = closing(Pair.tcp());
            Events events = new Events("s", log).on("received", () -> {
                throw new OutOfMemoryError("asked for by the test");
            });
            driver.adopt(pair.ours(), events).resumeReading();
            pair.send("x");
        }
        awaitCollected(2);
        assertThatThrownBy(driver::dispatch).isInstanceOf(OutOfMemoryError.class);
        // everything was read: only the result that was kept can end this poll
        assertThat(driver.poll(-1)).isEqualTo(1);
        assertThatThrownBy(driver::dispatch).isInstanceOf(OutOfMemoryError.class);
        assertThat(log).hasSize(2);
    }

    @Test
    void watch_isRefused_namingTheLoop() throws IOException {
        Pair pair = closing(Pair.tcp());
        assertThatThrownBy(() -> driver.watch(pair.ours(), null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("loop \"test\"")
                .hasMessageContaining("does not watch descriptors");
        assertThat(pair.ours().isRegistered()).isFalse();
    }

    @Test
    void poll_carriesOut_beforeAnythingIsDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), new Events()).resumeReading();
        pair.send("hello");
        driver.poll(-1);
        ByteBuffer rest = ByteBuffer.allocate(10);
        assertThat(pair.ours().read(rest)).as("the kernel has nothing more").isZero();
    }

    @Test
    void moreStreamsThanBuffers_areAllServedInOneTurn() throws IOException {
        List<String> log = new ArrayList<>();
        int streams = 40;
        for (int i = 0; i < streams; i++) {
            Pair pair = closing(Pair.tcp());
            driver.adopt(pair.ours(), new Events("s", log)).resumeReading();
            pair.send("x");
        }
        awaitCollected(streams);
        assertThat(driver.readBuffers().lent()).isEqualTo(8);
        driver.dispatch();
        assertThat(log).hasSize(streams).containsOnly("s:received");
        assertThat(driver.readBuffers().lent()).isZero();
    }

    @Test
    void pausedStreams_keepNoBufferOfThePool() throws IOException {
        List<StreamPort> ports = new ArrayList<>();
        List<Events> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pair pair = closing(Pair.tcp());
            Events events = new Events();
            StreamPort port = driver.adopt(pair.ours(), events);
            port.resumeReading();
            pair.send("text " + i);
            ports.add(port);
            all.add(events);
        }
        awaitCollected(20);
        ports.forEach(StreamPort::pauseReading);
        driver.dispatch();
        assertThat(driver.readBuffers().lent()).isZero();
        assertThat(driver.poll(SHORT)).as("nothing to deliver, and no turning").isZero();
        ports.forEach(StreamPort::resumeReading);
        turnUntil(() -> all.stream().noneMatch(events -> events.text.isEmpty()));
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).text).hasToString("text " + i);
        }
    }

    @Test
    void dispatch_portReleasedSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        Events events = new Events();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        port.release();
        driver.dispatch();
        assertThat(events.log).containsExactly("unread");
        assertThat(events.unread).hasToString("x");
    }

    @Test
    void dispatch_interestWithdrawnSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        Events events = new Events();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        port.pauseReading();
        driver.dispatch();
        assertThat(events.log).isEmpty();
        port.resumeReading();
        turnUntil(() -> events.text.length() == 1);
    }

    @Test
    void dispatch_portReleasedByAnEarlierEvent_isSkipped() throws IOException {
        List<String> log = new ArrayList<>();
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Pair pair = closing(Pair.tcp());
            Events events = new Events("s", log).on("received", () -> ports.forEach(Port::release));
            StreamPort port = driver.adopt(pair.ours(), events);
            port.resumeReading();
            ports.add(port);
            pair.send("x");
        }
        awaitCollected(2);
        driver.dispatch();
        assertThat(log).containsExactly("s:received", "s:unread");
    }

    @Test
    void dispatch_channelClosedSincePoll_isSkipped() throws IOException {
        Pair pair = closing(Pair.tcp());
        Events events = new Events();
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        pair.send("x");
        driver.poll(-1);
        pair.ours().close();
        driver.dispatch();
        port.pauseReading();
        turn();
        assertThat(events.log).isEmpty();
    }

    @Test
    void dispatch_listenersComeFirst() throws IOException {
        List<String> log = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Pair pair = closing(Pair.tcp());
            driver.adopt(pair.ours(), new Events("stream", log)).resumeReading();
            pair.send("x");
        }
        ServerSocketChannel server = closing(Pair.listener(5));
        server.configureBlocking(false);
        Events listening = new Events("listener", log);
        driver.adopt(server, listening).resumeAccepting();
        closing(SocketChannel.open(server.getLocalAddress()));
        awaitCollected(6);
        driver.dispatch();
        listening.accepted.forEach(this::closing);
        assertThat(log).hasSize(6).startsWith("listener:accepted");
    }

    @Test
    void adopt_twice_isRefusedAndLeavesTheFirst() throws IOException {
        Pair pair = closing(Pair.tcp());
        Events events = new Events();
        driver.adopt(pair.ours(), events).resumeReading();
        assertThatThrownBy(() -> driver.adopt(pair.ours(), new Events()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loop \"test\"")
                .hasMessageContaining("release its port first");
        pair.send("x");
        turnUntil(() -> events.text.length() == 1);
    }

    @Test
    void adopt_afterRelease_losesNothingCollected() throws IOException {
        Pair moving = closing(Pair.tcp());
        Pair other = closing(Pair.tcp());
        Events otherEvents = new Events();
        driver.adopt(other.ours(), otherEvents).resumeReading();
        driver.adopt(moving.ours(), new Events()).release();
        other.send("x");
        Events events = new Events();
        // the selection that this makes may collect the other one's bytes
        driver.adopt(moving.ours(), events).resumeReading();
        assertThat(otherEvents.log).isEmpty();
        moving.send("y");
        turnUntil(() -> events.text.length() == 1 && otherEvents.text.length() == 1);
    }

    @Test
    void adopt_afterRelease_keepsAWakeup() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), new Events()).release();
        driver.wakeup();
        driver.adopt(pair.ours(), new Events());
        assertThat(driver.poll(-1)).isZero();
    }

    @Test
    void adopt_insideAnEventAfterRelease_goesOn() throws IOException {
        Pair pair = closing(Pair.tcp());
        Events second = new Events();
        StreamPort[] first = new StreamPort[1];
        Events events = new Events().on("received", () -> {
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
        turnUntil(() -> events.text.length() == 1);
        pair.send("b");
        turnUntil(() -> second.text.length() == 1);
        assertThat(events.log).hasSize(1);
    }

    @Test
    void release_twiceAndPoll_forgetsTheChannel() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), new Events());
        port.release();
        port.release();
        driver.poll(0);
        assertThat(selector.keys()).isEmpty();
        assertThat(pair.ours().isRegistered()).isFalse();
        assertThat(pair.ours().isOpen()).isTrue();
        port.resumeReading();
        port.pauseReading();
        pair.ours().configureBlocking(true);
    }

    @Test
    void release_collectedButNotDispatched_isNotKeptAlive() throws IOException {
        assertIsCollected(adoptCollectAndRelease(false));
    }

    @Test
    void release_dispatched_isNotKeptAlive() throws IOException {
        assertIsCollected(adoptCollectAndRelease(true));
    }

    private void assertIsCollected(WeakReference<Object> gone) throws IOException {
        driver.poll(0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gone.get() != null) {
            assertThat(System.nanoTime() - deadline).isNegative();
            System.gc();
        }
    }

    private WeakReference<Object> adoptCollectAndRelease(boolean dispatched) throws IOException {
        try (Pair pair = Pair.tcp()) {
            Events events = new Events();
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
                .hasMessage("the proactor driver of loop \"test\" is closed: open another one")
                .hasCauseInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(() -> driver.adopt(pair.ours(), new Events()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
        assertThat(pair.ours().isOpen()).isTrue();
    }

    @Test
    void close_withPorts_leavesChannelsOpenAndPortsHarmless() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), new Events());
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
        assertThatThrownBy(() -> driver.adopt(pair.ours(), new Events())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> driver.connect(pair.ours(), new Events())).isInstanceOf(IOException.class);
    }

    @Test
    void driver_movesBetweenThreadsBetweenTurns() throws Exception {
        Pair pair = closing(Pair.tcp());
        Events events = new Events();
        driver.adopt(pair.ours(), events).resumeReading();
        pair.send("a");
        turnUntil(() -> events.text.length() == 1);
        pair.send("b");
        Thread other = new Thread(() -> {
            try {
                turnUntil(() -> events.text.length() == 2);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        other.join();
        assertThat(events.text).hasToString("ab");
    }
}
