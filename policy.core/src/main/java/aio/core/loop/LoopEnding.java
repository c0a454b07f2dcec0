package aio.core.loop;

import aio.core.kernel.Kernel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends one loop in order: its protocols are told, then it stops, then it is closed. Any thread. */
final class LoopEnding {
    private static final Logger LOG = System.getLogger("aio.loop");

    private final CoreLoop loop;
    private final Kernel kernel;
    private final Throwable cause;
    private final CountDownLatch told = new CountDownLatch(1);

    LoopEnding(CoreLoop loop, Throwable cause) {
        this.loop = loop;
        this.kernel = loop.kernel();
        this.cause = cause;
    }

    /** Tells the protocols, without waiting for a loop that runs. */
    void begin() {
        kernel.execute(this::tell);
        if (kernel.runner() == null && !kernel.isClosed()) {
            kernel.stop();
            kernel.runForever(); // one turn, in which connectionLost is called
        }
    }

    private void tell() {
        // what is ready still runs: a connectionLost may be among it
        kernel.residents(user -> true).forEach(resident -> resident.end(cause));
        kernel.callSoon(() -> {
            kernel.stop();
            told.countDown();
        });
    }

    /** Waits until the loop has stopped, and closes it. */
    void finish(long deadline) {
        try {
            boolean stopped = told.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            while (stopped && kernel.runner() != null && System.nanoTime() < deadline) {
                Thread.onSpinWait(); // it is in its last turn
            }
            loop.closeNow();
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, BlockedLoops.describe(loop, Origin.NONE) + "; it is left behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
