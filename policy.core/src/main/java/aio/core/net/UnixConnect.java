package aio.core.net;

import aio.core.kernel.Kernel;
import aio.loop.Handle;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a Unix socket without a thread. While the backlog of the server is full, a blocking connect would wait in
 * the system and could not be cancelled; so a timer tries again, and between two attempts there is no socket. Loop
 * thread.
 */
final class UnixConnect {
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Kernel kernel;
    private final Path path;
    private final Consumer<SocketChannel> connected;
    private final Consumer<IOException> failed;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private @Nullable SocketChannel pending; // on systems that connect in the background
    private @Nullable Handle next;
    private boolean over;

    /** Makes one; calls one of the consumers, once, unless it is given up. */
    UnixConnect(Kernel kernel, Path path, Consumer<SocketChannel> connected, Consumer<IOException> failed) {
        this.kernel = kernel;
        this.path = path;
        this.connected = connected;
        this.failed = failed;
    }

    void attempt() {
        SocketChannel channel;
        try {
            channel = tried();
        } catch (IOException e) {
            if (UnixSockets.isBacklogFull(e)) {
                tryLater();
            } else {
                over = true;
                failed.accept(e instanceof NoSuchFileException
                        ? e
                        : new IOException("Connect call failed " + path + ": " + e.getMessage(), e));
            }
            return;
        }
        if (channel == null) {
            tryLater();
        } else {
            over = true;
            connected.accept(channel);
        }
    }

    /** Tries; returns null if the channel is still connecting. */
    private @Nullable SocketChannel tried() throws IOException {
        SocketChannel channel = pending != null ? pending : opened();
        try {
            boolean done = pending != null
                    ? channel.finishConnect() : channel.connect(UnixDomainSocketAddress.of(path));
            pending = done ? null : channel;
            return done ? channel : null;
        } catch (IOException | RuntimeException e) {
            pending = null;
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    private SocketChannel opened() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString(), null, "no socket to connect to");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    private void tryLater() {
        next = kernel.callAt(kernel.now() + pauseNanos, this::attemptAgain);
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
    }

    private void attemptAgain() {
        next = null;
        if (!over) {
            attempt();
        }
    }

    /** Gives back what it holds, without calling a consumer. */
    void giveUp() {
        over = true;
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (pending != null) {
            Channels.closeQuietly(pending);
            pending = null;
        }
    }
}
