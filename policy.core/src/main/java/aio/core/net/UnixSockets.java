package aio.core.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/** Whether this system has Unix domain sockets: Windows does from version 10 on. Any thread. */
public final class UnixSockets {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final boolean SUPPORTED = tried();

    private UnixSockets() {}

    /** Tells whether there are any. */
    public static boolean areSupported() {
        return SUPPORTED;
    }

    private static boolean tried() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            LOG.log(Level.DEBUG, "this system has no Unix domain sockets", e);
            return false;
        }
    }
}
