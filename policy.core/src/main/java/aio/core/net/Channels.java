package aio.core.net;

import aio.core.foreign.CoreLog;
import aio.core.net.name.Addresses;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/** What is done to every channel. Any thread. */
public final class Channels {
    private static final CoreLog LOG = CoreLog.LOOP;

    private Channels() {}

    /** Configures a connected channel for a loop. */
    static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        if (isInet(channel)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    static boolean isInet(SocketChannel channel) {
        return Addresses.localOf(channel) instanceof InetSocketAddress;
    }

    public static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing " + channel + " failed", e);
        }
    }
}
