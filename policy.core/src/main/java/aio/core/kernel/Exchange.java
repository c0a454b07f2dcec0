package aio.core.kernel;

import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one caller who wants a loop on another driver learns about it. The loop fills it in, the caller waits. */
public final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private final @Nullable IoDriverFactory target;
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<String> stayed = new ArrayList<>();
    private int exchanged;
    private int kept;
    private int lost;
    private long longestPauseNanos;
    private @Nullable Runnable late;

    Exchange(@Nullable IoDriverFactory target) {
        this.target = target;
    }

    /** Returns what the loop is to get a driver of; null to be parked. */
    public @Nullable IoDriverFactory target() {
        return target;
    }

    synchronized void add(boolean driverExchanged, int channelsKept, int channelsLost, long pauseNanos) {
        exchanged |= driverExchanged ? 1 : 0;
        kept += channelsKept;
        lost += channelsLost;
        longestPauseNanos = Math.max(longestPauseNanos, pauseNanos);
    }

    synchronized void stayed(String reason) {
        stayed.add(reason);
    }

    void finish() {
        Runnable told;
        synchronized (this) {
            done.countDown();
            told = late;
            late = null;
        }
        if (told != null) {
            tell(told);
        }
    }

    private static void tell(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) { // the others who wait are to be told all the same
            LOG.log(Level.WARNING, "an exchange of drivers is over, but who is told of that failed", e);
        }
    }

    /** For who waits no longer: has something run when it is over, on the thread that ends it, or now if it is. */
    public void whenOver(Runnable action) {
        synchronized (this) {
            if (done.getCount() > 0) {
                late = action;
                return;
            }
        }
        tell(action);
    }

    /** Waits until the loop has exchanged its driver, or cannot; answers whether it is over. */
    public boolean await(long maxNanos) {
        try {
            return done.await(Math.max(0, maxNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return done.getCount() == 0;
        }
    }

    /**
     * Returns 1 if the driver was exchanged, and nobody who waits for the same exchange asked before: who has all
     * counts.
     */
    public synchronized int exchanged() {
        return exchanged;
    }

    /** Returns how many connections, open or being made, were carried over. */
    public synchronized int kept() {
        return kept;
    }

    /** Returns how many channels of any kind were lost. */
    public synchronized int lost() {
        return lost;
    }

    /** Returns the longest time that the loop did nothing else. */
    public synchronized long longestPauseNanos() {
        return longestPauseNanos;
    }

    /** Returns what stayed behind, and why. */
    public synchronized List<String> stayed() {
        return List.copyOf(stayed);
    }
}
