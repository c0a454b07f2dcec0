package aio.loop;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to make a datagram endpoint: the keyword arguments of asyncio's {@code create_datagram_endpoint}. Immutable; each
 * {@code with…} method returns a changed copy. Hosts may be names: the loop looks them up.
 */
public final class DatagramOptions {
    private static final DatagramOptions NONE = new DatagramOptions(null, null, null, null, false, false);

    private final @Nullable DatagramChannel channel;
    private final @Nullable InetSocketAddress localAddress;
    private final @Nullable InetSocketAddress remoteAddress;
    private final @Nullable StandardProtocolFamily family;
    private final boolean reusePort;
    private final boolean allowBroadcast;

    private DatagramOptions(
            @Nullable DatagramChannel channel,
            @Nullable InetSocketAddress localAddress,
            @Nullable InetSocketAddress remoteAddress,
            @Nullable StandardProtocolFamily family,
            boolean reusePort,
            boolean allowBroadcast) {
        this.channel = channel;
        this.localAddress = localAddress;
        this.remoteAddress = remoteAddress;
        this.family = family;
        this.reusePort = reusePort;
        this.allowBroadcast = allowBroadcast;
    }

    /**
     * Bound to a local address; the empty host is all interfaces, port 0 a free port.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static DatagramOptions at(String host, int port) {
        return NONE.withLocalAddress(address(host, port));
    }

    /**
     * With a remote address. The endpoint sends to it and receives from it only, unless broadcast is allowed.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static DatagramOptions to(String host, int port) {
        return NONE.withRemoteAddress(address(host, port));
    }

    /** Without any address; the system binds the socket when it first sends. */
    public static DatagramOptions of(StandardProtocolFamily family) {
        return NONE.withFamily(family);
    }

    /** Over a channel that is open already; it stays bound and connected as it is. The loop owns it from now on. */
    public static DatagramOptions over(DatagramChannel channel) {
        return new DatagramOptions(Objects.requireNonNull(channel, "channel"), null, null, null, false, false);
    }

    private static InetSocketAddress address(String host, int port) {
        return InetSocketAddress.createUnresolved(Objects.requireNonNull(host, "host"), Ports.check(port));
    }

    /** Bound to a local address. */
    public DatagramOptions withLocalAddress(InetSocketAddress address) {
        return new DatagramOptions(channel, Objects.requireNonNull(address, "address"), remoteAddress, family,
                reusePort, allowBroadcast);
    }

    /** With a remote address. The endpoint sends to it and receives from it only, unless broadcast is allowed. */
    public DatagramOptions withRemoteAddress(InetSocketAddress address) {
        return new DatagramOptions(channel, localAddress, Objects.requireNonNull(address, "address"), family, reusePort,
                allowBroadcast);
    }

    /** Of one family of addresses, for hosts that have addresses of both. */
    public DatagramOptions withFamily(StandardProtocolFamily only) {
        return new DatagramOptions(channel, localAddress, remoteAddress, Objects.requireNonNull(only, "family"),
                reusePort, allowBroadcast);
    }

    /**
     * Whether other sockets may bind the same port, false unless set. If the system does not support that, creating the
     * endpoint fails with {@link IllegalArgumentException}.
     */
    public DatagramOptions withReusePort(boolean reuse) {
        return new DatagramOptions(channel, localAddress, remoteAddress, family, reuse, allowBroadcast);
    }

    /** Whether it may send to broadcast addresses, false unless set. If so, the socket is not connected. */
    public DatagramOptions withAllowBroadcast(boolean allow) {
        return new DatagramOptions(channel, localAddress, remoteAddress, family, reusePort, allow);
    }

    /** Returns the open channel, or null if one is to be made. */
    public @Nullable DatagramChannel channel() {
        return channel;
    }

    /** Returns the local address, or null. */
    public @Nullable InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Returns the remote address, or null. */
    public @Nullable InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Returns the family, or null for any. */
    public @Nullable StandardProtocolFamily family() {
        return family;
    }

    /** Tells whether {@code SO_REUSEPORT} is set. */
    public boolean reusePort() {
        return reusePort;
    }

    /** Tells whether {@code SO_BROADCAST} is set. */
    public boolean allowBroadcast() {
        return allowBroadcast;
    }
}
