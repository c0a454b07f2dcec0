package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.link.RunningLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Takes from managed loops what belongs to a bundle that stops. Failures do not keep the rest from ending. */
final class Withdrawal {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final List<CoreLoop> managed;
    private final Predicate<Object> belongs;
    private final Throwable cause;
    private final AtomicInteger ended = new AtomicInteger(); // added to by each loop before it counts "done" down
    private final CountDownLatch done;

    Withdrawal(List<CoreLoop> managed, Predicate<Object> belongs, Throwable cause) {
        this.managed = managed;
        this.belongs = belongs;
        this.cause = cause;
        this.done = new CountDownLatch(managed.size());
    }

    /** Withdraws, and waits; returns how many channels and children were ended that were not closing already. */
    int run(long maxWaitNanos) {
        for (CoreLoop loop : managed) {
            Wall.run(LOG, Level.WARNING,
                    "policy: not all could be taken from loop \"" + loop.kernel().loopName() + "\"", () -> begin(loop));
        }
        if (RunningLoop.get() == null) {
            await(maxWaitNanos);
        }
        return ended.get();
    }

    private void begin(CoreLoop loop) {
        Kernel kernel = loop.kernel();
        loop.signals().withdraw(kernel, belongs);
        loop.viewTasks().withdraw(belongs);
        loop.tasks().withdraw(belongs);
        try {
            kernel.execute(() -> withdraw(kernel)); // on the thread that holds the loop, if one does
        } catch (LoopClosedException e) {
            done.countDown(); // the loop has ended before
        }
    }

    private void withdraw(Kernel kernel) {
        try {
            List<Resident> left = kernel.residents().withdraw(belongs);
            ended.addAndGet((int) left.stream().filter(resident -> !resident.isClosing()).count());
            for (Resident resident : left) {
                Wall.run(LOG, Level.WARNING, "policy: something on loop \"" + kernel.loopName()
                        + "\" could not be ended with its bundle; the rest is", () -> resident.end(cause));
            }
        } finally {
            tellDone(kernel);
        }
    }

    private void tellDone(Kernel kernel) {
        try {
            kernel.callSoon(done::countDown); // after the calls of connectionLost
        } catch (LoopClosedException e) {
            done.countDown(); // the loop was closed meanwhile, and has called them
        }
    }

    private void await(long nanos) {
        try {
            done.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
