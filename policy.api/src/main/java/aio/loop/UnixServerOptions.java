package aio.loop;

import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to listen on a Unix domain socket: the keyword arguments of asyncio's {@code create_unix_server}. Immutable; each
 * {@code with…} method returns a changed copy.
 */
public final class UnixServerOptions {
    private static final int DEFAULT_BACKLOG = 100; // asyncio's

    private final @Nullable Path path;
    private final @Nullable ServerSocketChannel channel;
    private final Behaviour behaviour;

    /** What can be set. */
    private record Behaviour(int backlog, boolean startServing, boolean cleanUp, @Nullable TlsOptions tls) {
        private static final Behaviour DEFAULT = new Behaviour(DEFAULT_BACKLOG, true, true, null);
    }

    private UnixServerOptions(@Nullable Path path, @Nullable ServerSocketChannel channel, Behaviour behaviour) {
        this.path = path;
        this.channel = channel;
        this.behaviour = behaviour;
    }

    /** At a path. A stale socket there is replaced, any other file is not. */
    public static UnixServerOptions at(Path path) {
        return new UnixServerOptions(Objects.requireNonNull(path, "path"), null, Behaviour.DEFAULT);
    }

    /** On a channel that is bound to a path already. The loop owns it from now on. */
    public static UnixServerOptions on(ServerSocketChannel channel) {
        return new UnixServerOptions(null, Objects.requireNonNull(channel, "channel"), Behaviour.DEFAULT);
    }

    /**
     * How many connections may wait to be accepted, 100 unless set; no effect on a bound channel.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public UnixServerOptions withBacklog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("backlog " + connections + " is too small: expected at least 1");
        }
        return with(new Behaviour(connections, behaviour.startServing, behaviour.cleanUp, behaviour.tls));
    }

    /** Whether to accept at once, true unless set; else call {@link Server#startServing}. */
    public UnixServerOptions withStartServing(boolean start) {
        return with(new Behaviour(behaviour.backlog, start, behaviour.cleanUp, behaviour.tls));
    }

    /**
     * Whether the socket file is removed when the server closes, true unless set; as {@code cleanup_socket}. A file
     * that has taken its place meanwhile is not.
     */
    public UnixServerOptions withCleanUp(boolean remove) {
        return with(new Behaviour(behaviour.backlog, behaviour.startServing, remove, behaviour.tls));
    }

    /**
     * Over TLS, see {@link Networking}.
     *
     * @param options made by {@link TlsOptions#server}
     * @throws IllegalArgumentException if the options are a client's
     */
    public UnixServerOptions withTls(TlsOptions options) {
        return with(new Behaviour(
                behaviour.backlog, behaviour.startServing, behaviour.cleanUp, options.forServer()));
    }

    private UnixServerOptions with(Behaviour changed) {
        return new UnixServerOptions(path, channel, changed);
    }

    /** Returns the path, or null if a channel is given. */
    public @Nullable Path path() {
        return path;
    }

    /** Returns the bound channel, or null if a path is given. */
    public @Nullable ServerSocketChannel channel() {
        return channel;
    }

    /** Returns the backlog. */
    public int backlog() {
        return behaviour.backlog;
    }

    /** Tells whether the server accepts at once. */
    public boolean startServing() {
        return behaviour.startServing;
    }

    /** Tells whether the socket file is removed when the server closes. */
    public boolean cleanUp() {
        return behaviour.cleanUp;
    }

    /** Returns how to speak TLS, or null for plain connections. */
    public @Nullable TlsOptions tls() {
        return behaviour.tls;
    }
}
