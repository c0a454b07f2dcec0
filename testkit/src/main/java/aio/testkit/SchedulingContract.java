package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.Handle;
import aio.loop.TimerHandle;
import aio.transport.StreamProtocol;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callbacks and timers on one thread: C090 to C103. */
@Asyncio("eventloop#loop.call_soon")
public abstract class SchedulingContract extends LoopContract {
    private final List<Object> order = new ArrayList<>();

    @Test
    void c090_callSoon_runsTheCallback_once_andReturnsAHandle() {
        Handle handle = loop.callSoon(() -> order.add("ran"));

        assertThat(handle.cancelled()).isFalse();
        assertThat(order).as("before the loop runs").isEmpty();
        runTurns(loop, 3);

        assertThat(order).containsExactly("ran");
    }

    @Test
    void c091_callSoon_runsInOrder() {
        for (int number = 1; number <= 5; number++) {
            int ran = number;
            loop.callSoon(() -> order.add(ran));
        }

        runBriefly(loop);

        assertThat(order).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void c091_callSoonInsideACallback_waitsForTheNextTurn() {
        loop.callSoon(() -> {
            order.add("first");
            loop.callSoon(() -> order.add("next turn"));
        });
        loop.callSoon(() -> order.add("second"));

        runBriefly(loop);
        assertThat(order).containsExactly("first", "second");

        runBriefly(loop);
        assertThat(order).containsExactly("first", "second", "next turn");
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c093_orderInsideATurn_readyThenIoThenTimers() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            assumeCanWatch(source);
            sink.write(ByteBuffer.wrap(new byte[1]));
            loop.callAt(loop.time().minusMillis(1), () -> order.add("timer"));
            loop.addReader(source, () -> {
                order.add("io");
                loop.removeReader(source);
            });
            loop.callSoon(() -> order.add("ready"));

            runTurns(loop, 2);
        }
        assertThat(order).containsExactly("ready", "io", "timer");
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c093_orderInsideATurn_dataOfAConnectionIsIoToo() throws Exception {
        try (SocketPair pair = SocketPair.open()) {
            loop.runUntilComplete(loop.connectAcceptedSocket(
                    () -> new StreamProtocol() {
                        @Override
                        public void dataReceived(ByteBuffer data) {
                            order.add("io");
                        }
                    },
                    pair.near()));
            pair.far().write(ByteBuffer.wrap(new byte[1]));
            loop.callAt(loop.time().minusMillis(1), () -> order.add("timer"));
            loop.callSoon(() -> order.add("ready"));

            runTurns(loop, 2);
        }
        assertThat(order).containsExactly("ready", "io", "timer");
    }

    @Test
    @Asyncio("eventloop#loop.call_later")
    void c094_callLater_runsOnce_notBeforeTheDelay_inRealTime() {
        Duration delay = Duration.ofMillis(20);
        AtomicReference<Duration> ranAt = new AtomicReference<>();
        Duration scheduledAt = loop.time();
        loop.callLater(delay, () -> {
            order.add("ran");
            ranAt.set(loop.time());
        });

        runUntil(loop, "the timer", () -> ranAt.get() != null);
        runTurns(loop, 3);

        assertThat(order).hasSize(1);
        assertThat(ranAt.get()).isGreaterThanOrEqualTo(scheduledAt.plus(delay));
    }

    @Test
    @Asyncio("eventloop#loop.call_at")
    void c094_callAt_runsAtItsTime() {
        loop = newVirtualLoop();
        Duration when = loop.time().plusSeconds(5);
        AtomicReference<Duration> ranAt = new AtomicReference<>();
        loop.callAt(when, () -> ranAt.set(loop.time()));

        runUntil(loop, "the timer", () -> ranAt.get() != null);

        assertThat(ranAt.get()).isEqualTo(when);
    }

    @Test
    @Asyncio("eventloop#loop.call_later")
    void c094_timers_runByDeadline_notByOrderOfScheduling() {
        loop = newVirtualLoop();
        loop.callLater(Duration.ofMillis(30), () -> order.add("late"));
        loop.callLater(Duration.ofMillis(10), () -> order.add("early"));

        runUntil(loop, "both timers", () -> order.size() == 2);

        assertThat(order).containsExactly("early", "late");
    }

    @Test
    @Asyncio("eventloop#loop.call_at")
    void c094_timersOfOneDeadline_runInOrderOfScheduling() {
        loop = newVirtualLoop();
        Duration when = loop.time().plusMillis(5);
        for (int number = 0; number < 8; number++) {
            int ran = number;
            loop.callAt(when, () -> order.add(ran));
        }

        runUntil(loop, "all timers", () -> order.size() == 8);

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    @Asyncio("eventloop#loop.call_later")
    void c094_endlessDelay_isAcceptedAndNeverRuns() {
        TimerHandle handle = loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> order.add("never"));

        runTurns(loop, 3);

        assertThat(order).isEmpty();
        assertThat(handle.when()).isGreaterThan(loop.time().plus(Duration.ofDays(1000)));
    }

    @Test
    @Asyncio("eventloop#loop.time")
    void c094_time_doesNotGoBack() {
        Duration before = loop.time();
        runBriefly(loop);

        assertThat(loop.time()).isGreaterThanOrEqualTo(before);
    }

    @Test
    @Asyncio("eventloop#loop.call_later")
    void c095_negativeDelays_areDueAtOnce_byDeadline() {
        loop.callLater(Duration.ofSeconds(-1), () -> order.add("a"));
        loop.callLater(Duration.ofSeconds(-2), () -> order.add("b"));

        runTurns(loop, 2);

        assertThat(order).containsExactly("b", "a");
    }

    @Test
    @Asyncio("eventloop#loop.call_later")
    void c097_null_isRefusedAsDelayAndAsDeadline() {
        assertThatThrownBy(() -> loop.callLater(null, () -> order.add("never")))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.callAt(null, () -> order.add("never"))).isInstanceOf(NullPointerException.class);

        runBriefly(loop);
        assertThat(order).isEmpty();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c098_cancelledHeadTimer_doesNotWake() {
        RecordingDriverFactory driver = recordingDriver();
        EventLoop recorded = newLoop(driver);
        AtomicLong asked = new AtomicLong();
        driver.beforePoll(timeoutNanos -> {
            if (timeoutNanos != 0) {
                asked.set(timeoutNanos);
                recorded.stop();
            }
            return 0;
        });
        TimerHandle head = recorded.callLater(Duration.ofSeconds(5), () -> order.add("never"));
        recorded.callLater(Duration.ofSeconds(10), () -> order.add("not now"));
        head.cancel();

        recorded.runForever();

        assertThat(Duration.ofNanos(asked.get())).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(10));
        assertThat(recorded.info().timers()).isEqualTo(1);
        assertThat(order).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c098_withoutTimers_thePollHasNoLimit_andWithReadyCallbacksNoWait() {
        RecordingDriverFactory driver = recordingDriver();
        EventLoop recorded = newLoop(driver);
        driver.beforePoll(timeoutNanos -> {
            if (timeoutNanos != 0) {
                recorded.stop();
            }
            return 0;
        });
        recorded.callSoon(() -> order.add("ready"));

        recorded.runForever();

        assertThat(driver.polls()).hasSize(2);
        assertThat(driver.polls().get(0)).as("with a ready callback").isZero();
        assertThat(driver.polls().get(1)).as("with nothing to do").isNegative();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c099_manyCancelledTimers_areDropped() {
        List<TimerHandle> timers = distantTimers(200);
        timers.subList(50, 151).forEach(Handle::cancel);

        runBriefly(loop);

        assertThat(loop.info().timers()).isEqualTo(99);
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c099_cancelledHeads_areDroppedHoweverFewTheyAre() {
        List<TimerHandle> timers = distantTimers(20);
        timers.subList(0, 5).forEach(Handle::cancel);

        runBriefly(loop);

        assertThat(loop.info().timers()).isEqualTo(15);
    }

    private List<TimerHandle> distantTimers(int count) {
        Duration first = loop.time().plusSeconds(100);
        return IntStream.range(0, count)
                .mapToObj(number -> loop.callAt(first.plusSeconds(number), () -> order.add(number)))
                .toList();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c101_cancelledCallback_doesNotRun() {
        Handle cancelled = loop.callSoon(() -> order.add("never"));
        loop.callSoon(() -> order.add("ran"));
        cancelled.cancel();

        runTurns(loop, 2);

        assertThat(order).containsExactly("ran");
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c101_callbackCancelledByOneBeforeItInTheTurn_doesNotRun() {
        AtomicReference<Handle> second = new AtomicReference<>();
        loop.callSoon(() -> second.get().cancel());
        second.set(loop.callSoon(() -> order.add("never")));

        runTurns(loop, 2);

        assertThat(order).isEmpty();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c101_cancelledTimer_doesNotRunWhenItIsDue() {
        loop = newVirtualLoop();
        TimerHandle cancelled = loop.callLater(Duration.ofMillis(5), () -> order.add("never"));
        loop.callLater(Duration.ofMillis(10), () -> order.add("ran"));
        cancelled.cancel();

        runUntil(loop, "the later timer", () -> !order.isEmpty());

        assertThat(order).containsExactly("ran");
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c102_cancel_isIdempotent_alsoAfterTheRun() {
        Handle handle = loop.callSoon(() -> order.add("ran"));
        runBriefly(loop);

        assertThat(handle.cancelled()).isFalse();
        handle.cancel();
        assertThat(handle.cancelled()).isTrue();
        handle.cancel();
        assertThat(handle.cancelled()).isTrue();
        runBriefly(loop);
        assertThat(order).hasSize(1);
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c102_cancelledHandle_letsGoOfItsCallback() {
        List<Handle> handles = new ArrayList<>();
        WeakReference<Object> soon = referent(held -> handles.add(loop.callSoon(held::hashCode)));
        WeakReference<Object> timed =
                referent(held -> handles.add(loop.callLater(Duration.ofHours(1), held::hashCode)));
        WeakReference<Object> threadsafe = referent(held -> handles.add(loop.callSoonThreadsafe(held::hashCode)));

        handles.forEach(Handle::cancel);

        awaitCollected(soon);
        awaitCollected(timed);
        awaitCollected(threadsafe);
        assertThat(handles).allMatch(Handle::cancelled);
    }

    private static WeakReference<Object> referent(Consumer<Object> user) {
        Object held = new Object();
        user.accept(held);
        return new WeakReference<>(held);
    }

    private static void awaitCollected(WeakReference<Object> reference) {
        await("the callback is collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    @Asyncio("eventloop#TimerHandle.when")
    void c103_when_isTheDeadline() {
        Duration deadline = loop.time().plusSeconds(100);

        assertThat(loop.callAt(deadline, () -> order.add("never")).when()).isEqualTo(deadline);

        Duration before = loop.time();
        Duration when = loop.callLater(Duration.ofSeconds(50), () -> order.add("never")).when();
        assertThat(when).isBetween(before.plusSeconds(50), loop.time().plusSeconds(50));
    }

    @Test
    @Asyncio("eventloop#TimerHandle.when")
    void c103_timers_areOrderedByDeadline_andEqualToThemselvesOnly() {
        Runnable callback = () -> order.add("never");
        Duration deadline = loop.time().plusSeconds(100);
        TimerHandle late = loop.callAt(deadline.plusSeconds(1), callback);
        TimerHandle one = loop.callAt(deadline, callback);
        TimerHandle twin = loop.callAt(deadline, callback);

        assertThat(TimerHandle.BY_DEADLINE.compare(one, late)).isNegative();
        assertThat(TimerHandle.BY_DEADLINE.compare(late, one)).isPositive();
        assertThat(TimerHandle.BY_DEADLINE.compare(one, twin)).isZero();
        assertThat(one).isEqualTo(one).isNotEqualTo(twin);
    }

    @Test
    @Asyncio("eventloop#loop.call_soon_threadsafe")
    void threadsafeCallback_ofACallback_waitsForTheNextTurn() {
        CountDownLatch ran = new CountDownLatch(1);
        loop.callSoonThreadsafe(() -> loop.callSoonThreadsafe(ran::countDown));

        runBriefly(loop);
        assertThat(ran.getCount()).isEqualTo(1);

        runBriefly(loop);
        assertThat(ran.getCount()).isZero();
    }
}
