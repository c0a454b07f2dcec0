package aio.core.process;

import aio.core.foreign.CoreLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channel;

/** Closes pipes of children. Stateless. */
final class Pumps {
    private static final CoreLog LOG = CoreLog.LOOP;

    private Pumps() {}

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a pipe of a child failed", e);
        }
    }

    /**
     * Closes a pipe in which another thread may be blocked, which wakes that thread. A pipe of the JDK is left to that
     * thread: while its read lasts, the descriptor could be given to another file.
     */
    static void closeFromOutside(Channel channel) {
        if (Child.canBeClosedAnywhere(channel)) {
            close(channel);
        }
    }
}
