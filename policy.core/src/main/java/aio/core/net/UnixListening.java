package aio.core.net;

import aio.core.foreign.CoreLog;
import aio.loop.UnixServerOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one Unix server, and its file: made, and removed again if it is still the same file. Another process
 * may bind the same path meanwhile; a system does not reuse an inode while a socket has it. Loop thread.
 */
final class UnixListening {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int FILE_TYPE = 0170000; // S_IFMT
    private static final int SOCKET = 0140000; // S_IFSOCK

    private final UnixServerOptions options;
    private @Nullable Path path;
    private @Nullable Object identity;

    UnixListening(UnixServerOptions options) {
        this.options = options;
    }

    /** Binds the socket, or takes the one that is given. */
    ServerSocketChannel open() throws IOException {
        ServerSocketChannel given = options.channel();
        Path asked = options.path();
        ServerSocketChannel channel = given != null ? adopted(given) : bound(Objects.requireNonNull(asked));
        if (options.cleanUp()) {
            remember(given != null ? pathOf(given) : asked, channel);
        }
        return channel;
    }

    private void remember(@Nullable Path file, ServerSocketChannel channel) throws IOException {
        try {
            path = file;
            identity = file == null || file.toString().isEmpty() ? null : identityOf(file);
        } catch (IOException e) {
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    private static ServerSocketChannel adopted(ServerSocketChannel channel) throws IOException {
        if (pathOf(channel) == null) {
            throw new IllegalArgumentException(
                    "channel " + channel + " is not bound to a path: expected a listening Unix domain socket");
        }
        channel.configureBlocking(false);
        return channel;
    }

    private static @Nullable Path pathOf(ServerSocketChannel channel) throws IOException {
        return channel.getLocalAddress() instanceof UnixDomainSocketAddress address ? address.getPath() : null;
    }

    private ServerSocketChannel bound(Path file) throws IOException {
        removeStale(file);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(file), options.backlog());
            return channel;
        } catch (IOException e) {
            Channels.closeQuietly(channel);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw inUse(file, e);
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new NoSuchFileException(file.toString(), null, "the folder of the socket does not exist");
            }
            throw e;
        } catch (RuntimeException e) {
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    private static void removeStale(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(file)) {
            throw inUse(file, null);
        }
        Files.deleteIfExists(file);
    }

    private static boolean isSocket(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FILE_TYPE) == SOCKET;
        }
        // on Windows only sockets are "other"; elsewhere named pipes and devices are, too
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther();
    }

    private static IOException inUse(Path file, @Nullable IOException cause) {
        BindException failure = new BindException("Address " + file + " is already in use: another file is there");
        failure.initCause(cause != null ? cause : new FileAlreadyExistsException(file.toString()));
        return failure;
    }

    /** Removes the file, if it is still the one that was made. */
    void cleanUp() {
        Path file = path;
        if (file == null || identity == null) {
            return;
        }
        try {
            if (identity.equals(identityOf(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the socket file " + file + " could not be removed", e);
        }
    }

    /** Returns what tells a file from another one in its place, or null. */
    private static @Nullable Object identityOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
