package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.InvalidStateException;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Completing, asking and waiting for futures of a loop; what depends on them is in {@link StageContract}. */
@Asyncio("future#Future")
public abstract class FutureContract extends LoopContract {
    private final List<Object> order = new ArrayList<>();
    private LoopFuture<String> future;

    @BeforeEach
    void makeFuture() {
        future = loop.createFuture();
    }

    @Test
    @Asyncio("eventloop#loop.create_future")
    void newFuture_isPending_andBelongsToItsLoop() {
        assertThat(future.getLoop()).isSameAs(loop);
        assertThat(future.isDone()).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThatThrownBy(future::result).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(future::exception).isInstanceOf(InvalidStateException.class);
    }

    @Test
    @Asyncio("future#Future.result")
    void result_isAnswered_onceItIsSet() throws Exception {
        future.setResult("done");

        assertThat(future.isDone()).isTrue();
        assertThat(future.result()).isEqualTo("done");
        assertThat(future.exception()).isNull();
        assertThat(future.join()).isEqualTo("done");
        assertThat(future.get()).isEqualTo("done");
    }

    @Test
    @Asyncio("future#Future.set_result")
    void nullResult_isAResult() {
        future.setResult(null);

        assertThat(future.isDone()).isTrue();
        assertThat(future.result()).isNull();
        assertThat(future.join()).isNull();
    }

    @Test
    @Asyncio("future#Future.set_result")
    void completingTwice_isRefused_andTheFirstResultStays() {
        future.setResult("first");

        assertThatThrownBy(() -> future.setResult("second")).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> future.setException(new IOException("late")))
                .isInstanceOf(InvalidStateException.class);
        assertThat(future.cancel()).isFalse();
        assertThat(future.result()).isEqualTo("first");
    }

    @Test
    @Asyncio("future#Future.exception")
    void uncheckedFailure_isThrownItself() {
        IllegalArgumentException failure = new IllegalArgumentException("broken");
        future.setException(failure);

        assertThat(future.exception()).isSameAs(failure);
        assertThatThrownBy(future::result).isSameAs(failure);
        assertThatThrownBy(future::join).isSameAs(failure);
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThatThrownBy(() -> loop.runUntilComplete(future)).isSameAs(failure);
    }

    @Test
    @Asyncio("future#Future.exception")
    void checkedFailure_isThrownInACompletionException() {
        IOException failure = new IOException("broken");
        future.setException(failure);

        assertThat(future.exception()).isSameAs(failure);
        assertThatThrownBy(future::result).isInstanceOf(CompletionException.class).hasCause(failure);
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(failure);
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThatThrownBy(() -> loop.runUntilComplete(future))
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
    }

    @Test
    @Asyncio("future#Future.set_exception")
    void nullFailure_isRefused() {
        assertThatThrownBy(() -> future.setException(null)).isInstanceOf(NullPointerException.class);
        assertThat(future.isDone()).isFalse();
    }

    @Test
    @Asyncio("future#Future.cancel")
    void cancel_returnsTrueOnce_andEverybodySeesIt() {
        future.addDoneCallback(done -> order.add(done.isCancelled()));

        assertThat(future.cancel()).isTrue();
        assertThat(future.cancel()).isFalse();
        assertThat(future.cancel(true)).isFalse();

        assertThat(future.isCancelled()).isTrue();
        assertThat(future.isDone()).isTrue();
        assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
        assertThatThrownBy(future::exception).isInstanceOf(CancellationException.class);
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> future.setResult("late")).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> loop.runUntilComplete(future)).isInstanceOf(CancellationException.class);
        assertThat(order).containsExactly(true);
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void doneCallbacks_areNeverCalledInline_andRunInOrder() throws Exception {
        future.addDoneCallback(done -> order.add(1));
        future.addDoneCallback(done -> order.add(2));

        inside(loop, () -> {
            loop.callSoon(() -> order.add("scheduled before"));
            future.setResult("done");
            assertThat(order).isEmpty();
            return null;
        });
        runBriefly(loop);

        assertThat(order).containsExactly("scheduled before", 1, 2);
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void doneCallback_getsItsFuture() {
        future.addDoneCallback(order::add);
        future.setResult("done");

        runBriefly(loop);

        assertThat(order).containsExactly(future);
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void doneCallbackAddedLate_isCalledSoon_notInline() {
        future.setResult("done");

        future.addDoneCallback(done -> order.add("called"));
        assertThat(order).isEmpty();
        runBriefly(loop);

        assertThat(order).containsExactly("called");
    }

    @Test
    @Asyncio("future#Future.remove_done_callback")
    void removedDoneCallback_isNotCalled_andTheAnswerCounts() {
        Consumer<LoopFuture<String>> removed = done -> order.add("never");
        future.addDoneCallback(removed);
        future.addDoneCallback(done -> order.add("called"));
        future.addDoneCallback(removed);

        assertThat(future.removeDoneCallback(removed)).isEqualTo(2);
        assertThat(future.removeDoneCallback(removed)).isZero();
        future.setResult("done");
        runBriefly(loop);

        assertThat(order).containsExactly("called");
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void failingDoneCallback_goesToTheExceptionHandler_andTheNextOneIsCalled() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        IllegalArgumentException failure = new IllegalArgumentException("of the callback");
        future.addDoneCallback(done -> {
            throw failure;
        });
        future.addDoneCallback(done -> order.add("next"));
        future.setResult("done");

        runBriefly(loop);

        assertThat(handler.exceptions()).containsExactly(failure);
        assertThat(order).containsExactly("next");
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void completionOnAnotherThread_callsBackOnTheLoop_andWakesIt() {
        AtomicReference<Thread> calledOn = new AtomicReference<>();
        future.addDoneCallback(done -> calledOn.set(Thread.currentThread()));
        start("completer", () -> future.setResult("from afar"));

        assertThat(loop.runUntilComplete(future)).isEqualTo("from afar");

        assertThat(calledOn.get()).isSameAs(Thread.currentThread());
    }

    @Test
    @Asyncio("future#Future.add_done_callback")
    void callbackAddedWhileAnotherThreadCompletes_comesAfterTheEarlierOnes() {
        for (int i = 0; i < 200; i++) {
            LoopFuture<String> completed = loop.createFuture();
            completed.addDoneCallback(done -> order.add("early"));
            start("completer", () -> completed.setResult("from afar"));
            for (long start = System.nanoTime(); !completed.isDone() && System.nanoTime() - start < 10_000_000_000L; ) {
                Thread.onSpinWait(); // to follow as closely as possible
            }
            completed.addDoneCallback(done -> order.add("late"));
            completed.addDoneCallback(done -> loop.stop());
            loop.runForever();
            assertThat(order).containsExactly("early", "late");
            order.clear();
        }
    }

    @Test
    @Asyncio("future#Future.set_result")
    void racingCompletions_letOneWin() throws Exception {
        for (int round = 0; round < 200; round++) {
            LoopFuture<String> raced = loop.createFuture();
            CountDownLatch go = new CountDownLatch(1);
            List<String> winners = Collections.synchronizedList(new ArrayList<>());
            Thread other = start("racer", () -> {
                Await.becomesTrue(DEADLINE, () -> go.getCount() == 0);
                compete(raced, "other", winners);
            });
            go.countDown();
            compete(raced, "own", winners);
            other.join();

            assertThat(winners).containsExactly(raced.result());
        }
    }

    private static void compete(LoopFuture<String> raced, String name, List<String> winners) {
        try {
            raced.setResult(name);
            winners.add(name);
        } catch (InvalidStateException e) {
            assertThat(raced.isDone()).isTrue();
        }
    }

    @Test
    @NotInAsyncio("no thread waits for a future")
    void waitingOnTheThreadOfTheLoop_isRefused_unlessTheFutureIsDone() throws Exception {
        LoopFuture<String> done = loop.createFuture();
        done.setResult("done");

        inside(loop, () -> {
            assertThatThrownBy(future::join)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name());
            assertThatThrownBy(future::get).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            assertThat(done.join()).isEqualTo("done");
            assertThat(done.get(1, TimeUnit.SECONDS)).isEqualTo("done");
            return null;
        });
    }

    @Test
    @NotInAsyncio("no thread waits for a future")
    void waitingOnAnotherThread_endsWithTheResult() throws Exception {
        AtomicReference<String> joined = new AtomicReference<>();
        Thread waiting = start("waiting", () -> joined.set(future.join()));
        await("the other thread waits", () -> waiting.getState() == Thread.State.WAITING);

        future.setResult("done");

        await("the other thread has the result", () -> joined.get() != null);
        assertThat(joined.get()).isEqualTo("done");
    }

    @Test
    @NotInAsyncio("no thread waits for a future")
    void waitingWithALimit_endsWithTheTime() {
        assertThatThrownBy(() -> future.get(5, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> future.get(0, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    @NotInAsyncio("no thread waits for a future")
    void interruptedWait_throws() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @NotInAsyncio("no thread waits for a future")
    void closingTheLoop_wakesTheWaiting() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = start("waiting", () -> {
            try {
                future.join();
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        await("the other thread waits", () -> waiting.getState() == Thread.State.WAITING);

        loop.close();

        await("the other thread is woken", () -> thrown.get() != null);
        assertThat(thrown.get()).isInstanceOf(LoopClosedException.class).hasMessageContaining(loop.name());
        assertThatThrownBy(future::join).isInstanceOf(LoopClosedException.class);
    }
}
