package aio.loop;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to connect: the keyword arguments of asyncio's {@code create_connection}. Immutable; each {@code with…} method
 * returns a changed copy.
 */
public final class ConnectionOptions {
    private final @Nullable String host;
    private final int port;
    private final @Nullable SocketChannel channel;
    private final @Nullable SocketAddress localAddress;
    private final boolean allErrors;

    private ConnectionOptions(
            @Nullable String host,
            int port,
            @Nullable SocketChannel channel,
            @Nullable SocketAddress localAddress,
            boolean allErrors) {
        this.host = host;
        this.port = port;
        this.channel = channel;
        this.localAddress = localAddress;
        this.allErrors = allErrors;
    }

    /**
     * To a host, by name or literal address, and a port.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static ConnectionOptions to(String host, int port) {
        return new ConnectionOptions(Objects.requireNonNull(host, "host"), Ports.check(port), null, null, false);
    }

    /** Over a channel that is connected already. The loop owns it from now on. */
    public static ConnectionOptions over(SocketChannel channel) {
        return new ConnectionOptions(null, 0, Objects.requireNonNull(channel, "channel"), null, false);
    }

    /** From a local address. */
    public ConnectionOptions withLocalAddress(SocketAddress address) {
        return new ConnectionOptions(host, port, channel, Objects.requireNonNull(address, "address"), allErrors);
    }

    /** With every failure attached when no address of the host could be connected, not with one message for all. */
    public ConnectionOptions withAllErrors(boolean all) {
        return new ConnectionOptions(host, port, channel, localAddress, all);
    }

    /** Returns the host, or null if connected over a channel. */
    public @Nullable String host() {
        return host;
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    /** Returns the connected channel, or null if a host is given. */
    public @Nullable SocketChannel channel() {
        return channel;
    }

    /** Returns the local address, or null for any. */
    public @Nullable SocketAddress localAddress() {
        return localAddress;
    }

    /** Tells whether every failure is attached, as suppressed exceptions. */
    public boolean allErrors() {
        return allErrors;
    }
}
