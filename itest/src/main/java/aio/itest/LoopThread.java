package aio.itest;

import aio.EventLoops;
import aio.loop.EventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A loop of the process-wide policy that a test runs on a thread of its own; ended when closed. */
final class LoopThread implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final EventLoop loop;
    private final Thread thread;

    private LoopThread(EventLoop loop) {
        this.loop = loop;
        this.thread = new Thread(loop::runForever, "itest-" + loop.name());
    }

    static LoopThread start() {
        return start(EventLoops::newEventLoop);
    }

    static LoopThread start(Supplier<EventLoop> maker) {
        LoopThread made = new LoopThread(maker.get());
        made.thread.start();
        return made;
    }

    EventLoop loop() {
        return loop;
    }

    Thread thread() {
        return thread;
    }

    /** Does something on the loop and returns its result. */
    <T> T call(Callable<T> work) throws Exception {
        return call(loop, work);
    }

    static <T> T call(EventLoop loop, Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        if (thread.isAlive()) {
            throw new AssertionError("loop " + loop.name() + " does not stop");
        }
        loop.close();
    }
}
