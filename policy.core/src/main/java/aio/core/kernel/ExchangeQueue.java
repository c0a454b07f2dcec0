package aio.core.kernel;

import aio.loop.LoopClosedException;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that were asked for, and are not known to the seat yet. The thread that runs the loop hands them over
 * and does them slice by slice; while nobody runs the loop, who wants something does all there is to do. Any thread,
 * but for what is marked.
 */
final class ExchangeQueue {
    private static final Logger LOG = System.getLogger(ExchangeQueue.class.getName());

    private final Queue<Exchange> asked = new ConcurrentLinkedQueue<>();
    private final Kernel kernel;
    private final Ownership ownership;

    ExchangeQueue(Kernel kernel, Ownership ownership) {
        this.kernel = kernel;
        this.ownership = ownership;
    }

    Exchange ask(@Nullable IoDriverFactory target) {
        Exchange exchange = new Exchange(target);
        asked.add(exchange);
        if (!ownership.ifIdle(this::doAll)) {
            try {
                kernel.callSoonThreadsafe(this::handOver);
            } catch (LoopClosedException e) {
                handOver();
            }
        }
        return exchange;
    }

    /** Parks the loop if it is on a driver that is gone, unless it is to go to another one. */
    void parkIfOn(Predicate<@Nullable IoDriverFactory> gone) {
        kernel.execute(() -> {
            boolean parks = asked.isEmpty() && !kernel.isClosed() && kernel.seat().parkIfOn(gone);
            if (parks && !ownership.isRunner()) {
                kernel.seat().exchangeNow();
            }
        });
    }

    /** Does what a run that has ended did not come to, unless another one has begun. */
    void runEnded(boolean halfWay) {
        if (halfWay || !asked.isEmpty()) {
            try {
                ownership.ifIdle(this::doAll);
            } catch (RuntimeException | LinkageError e) {
                // a fault of code that is left; must not hide what has ended the run
                LOG.log(Level.ERROR, "loop \"" + kernel.loopName()
                        + "\": the exchange of its driver failed at the end of a run;"
                        + " the next run, or the next change of the policy, goes on with it", e);
            }
        }
    }

    private void doAll() {
        handOver();
        if (!kernel.isClosed()) {
            kernel.seat().exchangeNow();
        }
    }

    /** Hands what was asked for to the seat, in that order. Loop thread, or any thread if the loop is closed. */
    void handOver() {
        for (Exchange each = asked.poll(); each != null; each = asked.poll()) {
            if (kernel.isClosed()) {
                each.finish();
            } else {
                kernel.seat().request(each);
            }
        }
    }
}
