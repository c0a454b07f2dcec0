package aio.testkit.net;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.testkit.Await;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a loop on a thread of its own, so that a test can be the other end. Any thread but the loop's. */
public final class LoopThread implements AutoCloseable {
    private final EventLoop loop;
    private final Thread thread;
    private volatile @Nullable Throwable escaped;

    /** An action on the loop's thread. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    private LoopThread(EventLoop loop, ThreadFactory threads) {
        this.loop = loop;
        this.thread = threads.newThread(this::runForever);
    }

    /** Starts to run a loop. */
    public static LoopThread start(EventLoop loop) {
        return start(loop, run -> {
            Thread thread = new Thread(run, "runs " + loop.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to run a loop on a thread of the caller's making, such as a virtual one. */
    public static LoopThread start(EventLoop loop, ThreadFactory threads) {
        LoopThread running = new LoopThread(loop, threads);
        running.thread.start();
        return running;
    }

    private void runForever() {
        try {
            loop.runForever();
        } catch (RuntimeException | Error e) {
            escaped = e;
        }
    }

    /** Returns the loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Returns the thread. */
    public Thread thread() {
        return thread;
    }

    /** Calls on the loop's thread and returns the result. */
    public <T extends @Nullable Object> T call(Callable<T> callable) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            try {
                answer.complete(callable.call());
            } catch (Exception | AssertionError e) {
                answer.completeExceptionally(e);
            }
        });
        return get(answer);
    }

    /** Runs on the loop's thread and waits for the end. */
    public void run(Action action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Waits until the loop has made a number of further turns. */
    public void turns(int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Boolean> turn = new CompletableFuture<>();
            loop.callSoonThreadsafe(() -> loop.callSoon(() -> turn.complete(true)));
            get(turn);
        }
    }

    /** Lets the loop run for a time, so that what should not happen has had its chance. */
    public void linger(Duration duration) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> loop.callLater(duration, () -> over.complete(true)));
        get(over);
    }

    private <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unwrap(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the loop does not answer; left it with: " + escaped, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the loop is busy", e);
        }
    }

    private static RuntimeException unwrap(Throwable cause) {
        if (cause instanceof AssertionError error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Stops the loop and waits; the loop stays open. */
    public void stop() {
        if (thread.isAlive() && !loop.isClosed()) {
            try {
                loop.callSoonThreadsafe(loop::stop);
            } catch (LoopClosedException e) {
                return;
            }
        }
        awaitEnd();
    }

    /** Waits until other code has stopped the loop. */
    void awaitEnd() {
        try {
            thread.join(Await.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("loop " + loop.name() + " does not stop");
        }
        if (escaped != null) {
            throw new AssertionError("loop " + loop.name() + " was left by an error", escaped);
        }
    }

    /** Stops the loop and closes it. */
    @Override
    public void close() {
        stop();
        loop.close();
    }
}
