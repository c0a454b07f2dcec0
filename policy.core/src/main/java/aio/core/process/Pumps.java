package aio.core.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channel;

/** Closes pipes of children. Stateless. */
final class Pumps {
    private static final Logger LOG = System.getLogger(Pumps.class.getName());

    private Pumps() {}

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a pipe of a child failed", e);
        }
    }

    /**
     * Closes a pipe that another thread may be blocked in, which wakes it. A pipe of the JDK must be left to that
     * thread: its descriptor could be given to somebody else while the read goes on.
     */
    static void closeFromOutside(Channel channel) {
        if (Child.canBeClosedAnywhere(channel)) {
            close(channel);
        }
    }
}
