package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Shortage;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * While the process has too little of something to probe a driver, no policy is refused: it is tried again, less and
 * less often. Any thread.
 */
final class Shortages {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final long LONGEST_PAUSE_NANOS = 3_000_000_000L;

    private final Runnable again;
    private final Alarm alarm = new Alarm("aio-policy-change", this::tryAgain);
    private volatile @Nullable String present; // this and the following written by those that hold this
    private boolean waits;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /** Makes it; {@code again} does what could not be done, on a thread that may wait. */
    Shortages(Runnable again) {
        this.again = again;
    }

    /** Something is missing: it is tried again. Returns what is to be told; nothing if it has been told before. */
    String met(Shortage shortage, boolean isChange) {
        String text = "its driver is not under the loops yet, which stay on what they have: " + shortage.getMessage()
                + "; it is tried again until it works";
        boolean isNew = note(text);
        if (isNew) {
            LOG.log(Level.WARNING, "policy: " + text, shortage);
        }
        return isNew || isChange ? "all loops stay on the driver they have, and follow later: "
                + shortage.getMessage() : "";
    }

    private synchronized boolean note(String text) {
        boolean isNew = present == null;
        present = text;
        if (!waits) {
            waits = true;
            alarm.set(pauseNanos);
            pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
        }
        return isNew;
    }

    private void tryAgain() {
        synchronized (this) {
            waits = false;
        }
        again.run();
    }

    /** Nothing is missing any more. */
    void isOver() {
        if (present != null) {
            forget();
        }
    }

    private synchronized void forget() {
        present = null;
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    /** Says what is missing; null if nothing is. */
    @Nullable String present() {
        return present;
    }

    /** Nothing is tried again. */
    synchronized void close() {
        alarm.close();
    }
}
