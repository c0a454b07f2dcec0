package aio.loop;

import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to a Unix domain socket: the keyword arguments of asyncio's {@code create_unix_connection}. Immutable;
 * each {@code with…} method returns a changed copy.
 */
public final class UnixConnectionOptions {
    private final @Nullable Path path;
    private final @Nullable SocketChannel channel;
    private final @Nullable TlsOptions tls;

    private UnixConnectionOptions(@Nullable Path path, @Nullable SocketChannel channel, @Nullable TlsOptions tls) {
        this.path = path;
        this.channel = channel;
        this.tls = tls;
    }

    /** To the socket at a path. */
    public static UnixConnectionOptions to(Path path) {
        return new UnixConnectionOptions(Objects.requireNonNull(path, "path"), null, null);
    }

    /** Over a channel that is connected already. The loop owns it from now on. */
    public static UnixConnectionOptions over(SocketChannel channel) {
        return new UnixConnectionOptions(null, Objects.requireNonNull(channel, "channel"), null);
    }

    /**
     * Over TLS, see {@link Networking}. A path is no name that a certificate could match, so the options need a server
     * hostname.
     *
     * @param options made by {@link TlsOptions#client}, with a server hostname, empty to match any
     * @throws IllegalArgumentException if the options are a server's, or have no server hostname
     */
    public UnixConnectionOptions withTls(TlsOptions options) {
        if (options.forClient().serverHostname() == null) {
            throw new IllegalArgumentException("a server hostname must be set when using TLS over a Unix domain socket:"
                    + " withServerHostname, \"\" to match any");
        }
        return new UnixConnectionOptions(path, channel, options);
    }

    /** Returns the path, or null if a channel is given. */
    public @Nullable Path path() {
        return path;
    }

    /** Returns the connected channel, or null if a path is given. */
    public @Nullable SocketChannel channel() {
        return channel;
    }

    /** Returns how to speak TLS, or null for a plain connection. */
    public @Nullable TlsOptions tls() {
        return tls;
    }
}
