package aio.core.transport;

import aio.core.foreign.CoreLog;
import java.lang.System.Logger.Level;

/**
 * Counts writes that are dropped because a transport has ended. A few are a race that no user can avoid, more are a
 * mistake: the fifth and each one after it is logged. Loop thread.
 */
public final class DroppedWrites {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int BEFORE_LOG = 5; // asyncio's LOG_THRESHOLD_FOR_CONNLOST_WRITES

    private int count;

    /**
     * Counts one.
     *
     * @param seen why it is dropped, and by which transport
     * @param stopAt the call after which a protocol must not write
     */
    public void add(String seen, String stopAt) {
        if (++count >= BEFORE_LOG) {
            LOG.log(Level.WARNING, seen + ", and the protocol continues to write: stop when " + stopAt + " is called");
        }
    }
}
