package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopClosedException;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users give a loop throws whatever it likes: the loop continues, and no wait lasts for ever. */
@Timeout(60)
class FailingUsersTest {
    private static final long SOON_SECONDS = 20;
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final IllegalStateException stop = new IllegalStateException("the core stops");

    @AfterEach
    void end() {
        loops.closeAll(stop, STOP_NANOS);
        launcher.close();
        reaper.close();
    }

    /** A failure that cannot be told, printed or compared. */
    private static final class Untellable extends Error {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new OutOfMemoryError("no text");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new StackOverflowError("no stack");
        }
    }

    static List<Named<Throwable>> failures() {
        return Stream.<Throwable>of(new IllegalStateException("planted"), new AssertionError("planted"),
                new LoopExit("planted"),
                new NoClassDefFoundError("planted"), new OutOfMemoryError("planted"), new StackOverflowError("planted"),
                new InternalError("planted"), new ThreadDeath(), new Untellable())
                .map(failure -> Named.of(failure.getClass().getSimpleName(), failure))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T any(Throwable failure) throws T {
        throw (T) failure;
    }

    /** A callback that fails, and whose text fails as well. */
    private static Runnable failing(Throwable failure) {
        return new Runnable() {
            @Override
            public void run() {
                throw FailingUsersTest.<RuntimeException>any(failure);
            }

            @Override
            public String toString() {
                throw FailingUsersTest.<RuntimeException>any(failure);
            }
        };
    }

    private static void awaitOne(EventLoop loop) throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        loop.callSoonThreadsafe(ran::countDown);
        assertThat(ran.await(SOON_SECONDS, TimeUnit.SECONDS)).as("a callback of another user ran").isTrue();
    }

    private static Thread threadOf(EventLoop loop) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> thread.complete(Thread.currentThread()));
        return thread.get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void managedLoop_continuesAfterAnything_onItsThread(Throwable failure) throws Exception {
        EventLoop loop = loops.newManagedLoop("shared").loop();
        Thread thread = threadOf(loop);

        loop.callSoonThreadsafe(failing(failure));
        loop.execute(failing(failure));
        loop.callSoonThreadsafe(() -> loop.callLater(java.time.Duration.ofMillis(1), failing(failure)));
        loop.callSoonThreadsafe(() -> loop.callExceptionHandler(ExceptionContext.of("planted", failure)));
        loop.asScheduledExecutor().execute(failing(failure));

        awaitOne(loop);
        assertThat(threadOf(loop)).isSameAs(thread);
        // asked on the loop: between the run that a LoopExit has ended and the next one it does not run
        assertThat(loop.callAndWait(loop::isRunning)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void exceptionHandlerThatFails_isReported_andAnUnmanagedLoopIsLeftByLoopExitAlone(Throwable failure) {
        EventLoop loop = loops.newLoop(new SleepingDriver("sleeping"), LoopOptions.defaults());
        AtomicReference<String> ran = new AtomicReference<>();
        loop.setExceptionHandler((of, context) -> {
            throw FailingUsersTest.<RuntimeException>any(failure);
        });
        loop.callSoon(failing(new IllegalStateException("of the callback")));
        loop.callSoon(() -> ran.set("the next one"));
        loop.callSoon(loop::stop);

        if (failure instanceof LoopExit) {
            assertThatThrownBy(loop::runForever).isSameAs(failure);
        }
        loop.runForever();

        assertThat(ran).hasValue("the next one");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void stageThatCannotBeObserved_failsWhatDependsOnIt(Throwable failure) throws Exception {
        EventLoop loop = loops.newManagedLoop("shared").loop();
        CompletableFuture<String> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                throw FailingUsersTest.<RuntimeException>any(failure);
            }
        };

        assertThat(failureOf(loop.wrapFuture(broken))).isSameAs(failure);
        assertThat(failureOf(loop.createTask(() -> broken))).isSameAs(failure);
        LoopFuture<String> done = loop.createFuture();
        done.setResult("done");
        assertThat(failureOf(loop.wrapFuture(done.thenCompose(result -> broken)))).isSameAs(failure);
        assertThat(failureOf(loop.wrapFuture(done.thenApplyAsync(result -> result, work -> {
            throw FailingUsersTest.<RuntimeException>any(failure);
        })))).isSameAs(failure);
        awaitOne(loop);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatFails_endsTheWaitForIt(Throwable failure) throws Exception {
        EventLoop loop = loops.newManagedLoop("shared").loop();
        LoopFuture<String> done = loop.createFuture();
        done.setResult("done");

        assertThat(failureOf(loop.createTask(() -> {
            throw FailingUsersTest.<RuntimeException>any(failure);
        }))).isSameAs(failure);
        assertThat(failureOf(loop.runInExecutor(() -> {
            throw FailingUsersTest.<RuntimeException>any(failure);
        }))).isSameAs(failure);
        assertThat(failureOf(loop.wrapFuture(done.thenApply(result -> {
            throw FailingUsersTest.<RuntimeException>any(failure);
        })))).isSameAs(failure);
        awaitOne(loop);
    }

    private static Throwable failureOf(LoopFuture<?> future) throws Exception {
        try {
            future.get(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void executorThatFailsToShutDown_keepsTheLoopFromNothing(Throwable failure) {
        EventLoop loop = loops.newLoop(null, LoopOptions.defaults());
        loop.setDefaultExecutor(new Direct() {
            @Override
            public void shutdown() {
                throw FailingUsersTest.<RuntimeException>any(failure);
            }
        });

        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThat(loops.loops()).isEmpty();
    }

    private abstract static class Direct extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    // ---- the end

    @Test
    void stop_onTheThreadOfALoop_endsItAndAllOthers() throws Exception {
        EventLoop shared = loops.newManagedLoop("shared").loop();
        EventLoop other = loops.newManagedLoop("other").loop();
        EventLoop idle = loops.newLoop(null, LoopOptions.defaults());
        Thread thread = threadOf(shared);
        Thread otherThread = threadOf(other);

        shared.callSoonThreadsafe(() -> loops.closeAll(stop, STOP_NANOS));

        thread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        otherThread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        assertThat(thread.isAlive() || otherThread.isAlive()).as("a thread of a loop is still there").isFalse();
        assertThat(List.of(shared, other, idle)).allMatch(EventLoop::isClosed);
        assertThat(loops.loops()).isEmpty();
    }

    @Test
    void stop_whileALoopIsBlocked_endsTheOthersAtOnce_andThatOneWhenItReturns() throws Exception {
        EventLoop shared = loops.newManagedLoop("shared").loop();
        EventLoop other = loops.newManagedLoop("other").loop();
        Thread thread = threadOf(shared);
        Thread otherThread = threadOf(other);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        shared.callSoonThreadsafe(() -> {
            entered.countDown();
            awaitQuietly(leave);
        });
        assertThat(entered.await(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();

        loops.closeAll(stop, TimeUnit.MILLISECONDS.toNanos(50));

        assertThat(shared.isClosed()).isFalse();
        otherThread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        assertThat(other.isClosed()).as("though the first one is blocked").isTrue();
        leave.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        assertThat(thread.isAlive()).isFalse();
        assertThat(List.of(shared, other)).allMatch(EventLoop::isClosed);
    }

    @Test
    void stop_ofALoopThatItsUserRuns_endsThatRun() throws Exception {
        EventLoop loop = loops.newLoop(null, LoopOptions.defaults());
        Thread runner = new Thread(loop::runForever, "runner");
        runner.start();
        awaitOne(loop);

        loops.closeAll(stop, STOP_NANOS);

        runner.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        assertThat(runner.isAlive()).isFalse();
        assertThat(loop.isClosed()).isTrue();
        assertThatThrownBy(() -> loop.callSoonThreadsafe(() -> {})).isInstanceOf(LoopClosedException.class);
    }

    @Test
    void afterTheStop_noLoopIsMade() {
        loops.closeAll(stop, STOP_NANOS);

        assertThatThrownBy(() -> loops.newLoop(null, LoopOptions.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has stopped");
    }

    @Test
    void nameOfALoop_cannotForgeALogLine() {
        EventLoop loop = loops.newLoop(null, LoopOptions.defaults().withName("evil\n\u001b[2J"));

        assertThat(loop.info().name()).isEqualTo("evil\\n\\u001b[2J");
        loop.close();
        assertThatThrownBy(() -> loop.callSoonThreadsafe(() -> {})).hasMessageContaining("\"evil\\n\\u001b[2J\"");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
