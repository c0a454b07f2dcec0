package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.loop.Handle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callbacks from other threads: C105 to C110. */
@Asyncio("eventloop#loop.call_soon_threadsafe")
public abstract class ThreadsafeContract extends LoopContract {

    @Test
    void c105_sleepingLoop_isWokenByAnotherThread() throws Exception {
        RecordingDriverFactory driver = recordingDriver();
        EventLoop sleeping = newLoop(driver);
        CountDownLatch asleep = new CountDownLatch(1);
        driver.beforePoll(timeoutNanos -> {
            if (timeoutNanos < 0) {
                asleep.countDown();
            }
            return timeoutNanos;
        });
        CountDownLatch ran = new CountDownLatch(1);
        try (Background run = inBackground(sleeping)) {
            assertThat(asleep.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("the loop sleeps").isTrue();

            sleeping.callSoonThreadsafe(ran::countDown);

            assertThat(ran.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("the callback ran").isTrue();
        }
    }

    @Test
    void c105_manyWakeUpsOfASleepingLoop_areNeverLost() throws Exception {
        try (Background run = inBackground(loop)) {
            for (int round = 0; round < 2_000; round++) {
                CountDownLatch ran = new CountDownLatch(1);
                loop.callSoonThreadsafe(ran::countDown);
                assertThat(ran.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("round %d", round).isTrue();
            }
        }
    }

    @Test
    void c105_callbackOfAnotherThread_runsBeforeALaterCallSoon() throws Exception {
        List<String> order = new ArrayList<>();
        elsewhere(() -> loop.callSoonThreadsafe(() -> order.add("other thread")));
        loop.callSoon(() -> order.add("later"));

        runBriefly(loop);

        assertThat(order).containsExactly("other thread", "later");
    }

    @Test
    void c105_callbackOfAnotherThread_runsBeforeALaterCallSoonOfARunningLoop() throws Exception {
        List<String> order = new ArrayList<>();
        inside(loop, () -> {
            elsewhere(() -> loop.callSoonThreadsafe(() -> order.add("other thread")));
            return loop.callSoon(() -> order.add("later"));
        });

        runBriefly(loop);

        assertThat(order).containsExactly("other thread", "later");
    }

    @Test
    void c105_callbackOfAnotherThread_runsOnTheThreadOfTheLoop() throws Exception {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        try (Background run = inBackground(loop)) {
            loop.callSoonThreadsafe(() -> ranOn.set(Thread.currentThread()));
            await("the callback ran", () -> ranOn.get() != null);

            assertThat(ranOn.get()).isSameAs(run.thread());
        }
    }

    @Test
    void c106_threadsafeOnTheLoopsThread_keepsOrderWithCallSoon() throws Exception {
        List<Integer> order = new ArrayList<>();
        loop.callSoon(() -> order.add(1));
        loop.callSoonThreadsafe(() -> order.add(2));
        loop.callSoon(() -> order.add(3));

        inside(loop, () -> {
            loop.callSoon(() -> order.add(4));
            loop.callSoonThreadsafe(() -> order.add(5));
            loop.callSoon(() -> order.add(6));
            return null;
        });
        runBriefly(loop);

        assertThat(order).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void c107_callbacksOfOneThread_runInOrder() throws Exception {
        List<Integer> order = new ArrayList<>();
        int count = 1_000;
        start("submitter", () -> {
            for (int number = 0; number < count; number++) {
                int ran = number;
                loop.callSoonThreadsafe(() -> order.add(ran));
            }
        });

        runUntil(loop, "all callbacks", () -> order.size() == count);

        assertThat(order).isEqualTo(IntStream.range(0, count).boxed().toList());
    }

    @Test
    void c107_callbacksOfSeveralThreads_runOnceEach_inOrderOfEachThread() {
        int count = 2_000;
        List<List<Integer>> orders = new ArrayList<>();
        for (int submitter = 0; submitter < 4; submitter++) {
            List<Integer> order = new ArrayList<>();
            orders.add(order);
            start("submitter " + submitter, () -> {
                for (int number = 0; number < count; number++) {
                    int ran = number;
                    loop.callSoonThreadsafe(() -> order.add(ran));
                }
            });
        }

        runUntil(loop, "all callbacks", () -> orders.stream().allMatch(order -> order.size() == count));
        runTurns(loop, 2);

        assertThat(orders).allMatch(order -> order.equals(IntStream.range(0, count).boxed().toList()));
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c109_cancelWhileItRuns_waitsForItsEnd() {
        assertThat(seenFromAnotherThreadWhileRunning(handle -> {
                    handle.cancel();
                    return true;
                }))
                .as("the callback had ended when cancel() returned")
                .isTrue();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c109_cancelledWhileItRuns_waitsForItsEnd() {
        assertThat(seenFromAnotherThreadWhileRunning(handle -> !handle.cancelled()))
                .as("the callback had ended when cancelled() returned false")
                .isTrue();
    }

    /**
     * Lets another thread use the handle of a running callback; tells whether that returned only after the callback.
     */
    private boolean seenFromAnotherThreadWhileRunning(Function<Handle, Boolean> use) {
        AtomicReference<Handle> handle = new AtomicReference<>();
        AtomicBoolean ended = new AtomicBoolean();
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        handle.set(loop.callSoonThreadsafe(() -> {
            Thread user = start("user of the handle", () -> {
                boolean expected = use.apply(handle.get());
                seen.add(expected && ended.get());
            });
            Await.becomesTrue(Duration.ofSeconds(2), () -> !runnable(user));
            ended.set(true);
        }));

        runUntil(loop, "the other thread came back", () -> !seen.isEmpty());
        return seen.get(0);
    }

    private static boolean runnable(Thread thread) {
        return thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE;
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c110_callback_mayCancelItself() {
        AtomicReference<Handle> handle = new AtomicReference<>();
        List<Boolean> seen = new ArrayList<>();
        handle.set(loop.callSoonThreadsafe(() -> {
            handle.get().cancel();
            seen.add(handle.get().cancelled());
        }));

        runTurns(loop, 2);

        assertThat(seen).containsExactly(true);
        assertThat(handle.get().cancelled()).isTrue();
    }

    @Test
    @Asyncio("eventloop#Handle.cancel")
    void c110_callbackCancelledByAnotherThread_doesNotRun() throws Exception {
        List<String> order = new ArrayList<>();
        Handle handle = loop.callSoonThreadsafe(() -> order.add("never"));

        elsewhere(() -> {
            handle.cancel();
            return null;
        });
        runTurns(loop, 2);

        assertThat(order).isEmpty();
        assertThat(handle.cancelled()).isTrue();
    }
}
