package aio.bench.micro;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A loop of ours on a thread of its own. */
final class AioLoop implements MeasuredLoop {
    private static final Logger LOG = Logger.getLogger("aio"); // held, or its level is forgotten

    private final EventLoop loop;
    private final Thread thread;
    private final Semaphore finished = new Semaphore(0);
    private @Nullable Pipe silence;

    AioLoop(EventLoopPolicy policy) {
        LOG.setLevel(Level.WARNING);
        EventLoops.setEventLoopPolicy(policy);
        loop = EventLoops.newEventLoop();
        thread = new Thread(loop::runForever, "loop");
        thread.start();
    }

    EventLoop loop() {
        return loop;
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void soon(Runnable callback) {
        loop.callSoon(callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        loop.callSoonThreadsafe(callback);
    }

    @Override
    public void execute(Runnable callback) {
        loop.execute(callback);
    }

    @Override
    public void watchSilence() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        silence = pipe;
        run(() -> {
            loop.addReader(pipe.source(), () -> { });
            finish();
        });
    }

    @Override
    public void run(Runnable first) {
        loop.callSoonThreadsafe(first);
        finished.acquireUninterruptibly();
    }

    @Override
    public void finish() {
        finished.release();
    }

    @Override
    public void close() throws IOException {
        loop.callSoonThreadsafe(loop::stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        loop.close();
        if (silence != null) {
            silence.source().close();
            silence.sink().close();
        }
    }
}
