package aio.core.loop;

import aio.core.foreign.FailureLog;
import aio.core.kernel.Kernel;
import aio.core.thread.CoreThreads;
import aio.loop.EventLoop;
import aio.loop.LoopExit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A loop with a thread of its own, run by the core until it ends. Any thread. */
public final class ManagedLoop {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final long MAX_END_NANOS = 2_000_000_000;

    private final CoreLoop loop;
    private volatile boolean ending;

    ManagedLoop(CoreLoop loop) {
        this.loop = loop;
        CoreThreads.newThread("aio-loop-" + loop.name(), this::run).start();
    }

    /** Returns the loop. */
    public EventLoop loop() {
        return loop;
    }

    private void run() {
        Kernel kernel = loop.kernel();
        while (!ending && !kernel.isClosed()) {
            try {
                kernel.runForever();
            } catch (LoopExit exit) {
                FailureLog.log(LOG, Level.WARNING, "a callback wanted to leave the managed loop \"" + loop.name()
                        + "\", which others use: it runs on", exit);
            } catch (Throwable escaped) {
                FailureLog.log(LOG, Level.ERROR, "loop \"" + loop.name()
                        + "\" was left by an error and runs on", escaped);
            }
        }
    }

    /** Ends the loop: protocols see {@code connectionLost} with {@code cause}. */
    public void end(Throwable cause) {
        ending = true;
        LoopEnding ended = new LoopEnding(loop, cause);
        ended.begin();
        ended.finish(System.nanoTime() + MAX_END_NANOS);
    }
}
