package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.thread.Starts;
import aio.loop.EventLoop;
import aio.loop.LoopExit;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A loop with a thread of its own, run by the core until it ends. Any thread. */
public final class ManagedLoop {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long MAX_END_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 100_000_000;

    private final CoreLoop loop;

    ManagedLoop(CoreLoop loop) {
        this.loop = loop;
        Starts.begin("aio-loop-" + loop.name(), this::run);
    }

    /** Returns the loop. */
    public EventLoop loop() {
        return loop;
    }

    private void run() {
        Kernel kernel = loop.kernel();
        while (!kernel.isClosed()) { // its end is a turn of the loop as well, and closes it
            long turns = kernel.turns();
            try {
                Wall.run(kernel::runForever);
            } catch (ForeignFailure e) {
                if (!kernel.isClosed()) {
                    left(e.failure(), turns == kernel.turns());
                }
            }
        }
    }

    /** A run has ended; runs that end again and again without a turn must not burn a core. */
    private void left(Throwable cause, boolean atOnce) {
        if (cause instanceof LoopExit) {
            LOG.log(Level.WARNING, "a callback wanted to leave the managed loop \""
                    + loop.kernel().loopName() + "\", which others use: it runs on", cause);
            return;
        }
        LOG.log(Level.ERROR, "loop \"" + loop.kernel().loopName()
                + "\" was left by an error and runs on", cause);
        if (atOnce) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Ends the loop: protocols see {@code connectionLost} with {@code cause}. */
    public void end(Throwable cause) {
        LoopEnding ended = new LoopEnding(loop, cause);
        ended.begin();
        LoopEnding.await(List.of(ended), System.nanoTime() + MAX_END_NANOS);
    }
}
