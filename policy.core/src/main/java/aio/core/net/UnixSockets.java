package aio.core.net;

import aio.core.foreign.CoreLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether this system has Unix domain sockets: Windows does from version 10 on. Any thread. */
public final class UnixSockets {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final boolean SUPPORTED = tried();

    private UnixSockets() {}

    /** Tells whether there are any. */
    public static boolean areSupported() {
        return SUPPORTED;
    }

    /**
     * Tells whether a connect failed because the backlog of the server is full. The JDK has no exception for that, and
     * the texts of the system are in the language of the user: so this process causes the failure once, and compares.
     */
    static boolean isBacklogFull(IOException failure) {
        return failure.getClass() == SocketException.class && FullBacklog.text().equals(failure.getMessage());
    }

    /** What this system says of a full backlog; learned when the first connect fails in a way that may be that. */
    private static final class FullBacklog {
        private static final int ATTEMPTS = 100;
        private static final String ENGLISH = "Resource temporarily unavailable"; // EAGAIN
        private static volatile @Nullable String learned; // two threads may both learn it, and learn the same

        /** Learns it as soon as there are descriptors and files for that; until then returns what most systems say. */
        static String text() {
            String text = learned;
            if (text == null) {
                try {
                    text = learn();
                    learned = text;
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "what this system says of a full backlog cannot be learned now", e);
                    return ENGLISH;
                }
            }
            return text;
        }

        private static String learn() throws IOException {
            Path folder = Files.createTempDirectory("aio-backlog-");
            Path path = folder.resolve("s");
            try {
                return learn(UnixDomainSocketAddress.of(path));
            } finally {
                Files.deleteIfExists(path);
                Files.delete(folder);
            }
        }

        private static String learn(UnixDomainSocketAddress address) throws IOException {
            List<SocketChannel> filling = new ArrayList<>();
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(address, 1);
                for (int i = 0; i < ATTEMPTS; i++) {
                    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                    filling.add(channel);
                    channel.configureBlocking(false);
                    String refusal = refusal(channel, address);
                    if (refusal != null) {
                        return refusal;
                    }
                }
                return ENGLISH; // this system lets connects wait
            } finally {
                filling.forEach(Channels::closeQuietly);
            }
        }

        private static @Nullable String refusal(SocketChannel channel, UnixDomainSocketAddress address)
                throws IOException {
            try {
                channel.connect(address);
                return null;
            } catch (SocketException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private static boolean tried() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
            return true;
        } catch (UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "this system has no Unix domain sockets", e);
            return false;
        } catch (IOException e) {
            return true; // the system has them, but no descriptor for one now
        }
    }
}
