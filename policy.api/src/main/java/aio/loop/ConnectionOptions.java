package aio.loop;

import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to connect: the keyword arguments of asyncio's {@code create_connection}. Immutable; each {@code with…} method
 * returns a changed copy.
 */
public final class ConnectionOptions {
    private static final Search ANY = new Search(null, null, 0);

    private final @Nullable String host;
    private final int port;
    private final @Nullable SocketChannel channel;
    private final @Nullable SocketAddress localAddress;
    private final boolean allErrors;
    private final Search search;
    private final @Nullable TlsOptions tls;

    /** Which addresses of the host are tried, and how. */
    private record Search(@Nullable ProtocolFamily family, @Nullable Duration happyEyeballsDelay, int interleave) {}

    private ConnectionOptions(
            @Nullable String host,
            int port,
            @Nullable SocketChannel channel,
            @Nullable SocketAddress localAddress,
            boolean allErrors,
            Search search,
            @Nullable TlsOptions tls) {
        this.host = host;
        this.port = port;
        this.channel = channel;
        this.localAddress = localAddress;
        this.allErrors = allErrors;
        this.search = search;
        this.tls = tls;
    }

    /**
     * To a host, by name or literal address, and a port.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static ConnectionOptions to(String host, int port) {
        Objects.requireNonNull(host, "host");
        return new ConnectionOptions(host, Ports.check(port), null, null, false, ANY, null);
    }

    /** Over a channel that is connected already. The loop owns it from now on. */
    public static ConnectionOptions over(SocketChannel channel) {
        Objects.requireNonNull(channel, "channel");
        return new ConnectionOptions(null, 0, channel, null, false, ANY, null);
    }

    /** From a local address. */
    public ConnectionOptions withLocalAddress(SocketAddress address) {
        Objects.requireNonNull(address, "address");
        return new ConnectionOptions(host, port, channel, address, allErrors, search, tls);
    }

    /**
     * Whether a failure carries one suppressed exception for each address that was tried; false unless set: then one
     * message sums them up.
     */
    public ConnectionOptions withAllErrors(boolean all) {
        return new ConnectionOptions(host, port, channel, localAddress, all, search, tls);
    }

    /**
     * Only to addresses of a family, {@code StandardProtocolFamily.INET} or {@code INET6}; to any unless set.
     *
     * @throws IllegalArgumentException if it is another family
     */
    public ConnectionOptions withFamily(ProtocolFamily family) {
        return searching(new Search(Families.check(family), search.happyEyeballsDelay, search.interleave));
    }

    /**
     * Tries the addresses of the host side by side (RFC 8305): an attempt begins when this delay has passed since the
     * one before, or when that has failed. The first connection that is made is taken, the other attempts are given up.
     * 250 ms suits most networks. Unless set, one address is tried after the other; zero or less starts all at once.
     */
    public ConnectionOptions withHappyEyeballsDelay(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return searching(new Search(search.family, delay, search.interleave));
    }

    /**
     * Alternates between the address families of the host, after this many addresses of the first family. Unless set,
     * it is 1 with a {@link #withHappyEyeballsDelay}; without one the addresses are tried in the order of the resolver.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public ConnectionOptions withInterleave(int firstFamilyCount) {
        if (firstFamilyCount < 1) {
            throw new IllegalArgumentException(
                    "interleave " + firstFamilyCount + " is no count of addresses: expected 1 or more");
        }
        return searching(new Search(search.family, search.happyEyeballsDelay, firstFamilyCount));
    }

    private ConnectionOptions searching(Search next) {
        return new ConnectionOptions(host, port, channel, localAddress, allErrors, next, tls);
    }

    /**
     * Over TLS, see {@link Networking}. Unless the options name another one, the certificate must match the host.
     *
     * @param options made by {@link TlsOptions#client}; over a channel they need a server hostname, empty to match any
     * @throws IllegalArgumentException if the options are a server's
     */
    public ConnectionOptions withTls(TlsOptions options) {
        return new ConnectionOptions(host, port, channel, localAddress, allErrors, search, options.forClient());
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

    /** Returns the family of the addresses, or null for any. */
    public @Nullable ProtocolFamily family() {
        return search.family;
    }

    /** Returns the delay between attempts that run side by side; null for one address after the other. */
    public @Nullable Duration happyEyeballsDelay() {
        return search.happyEyeballsDelay;
    }

    /** Returns how many addresses of the first family come before the families alternate; 0 if they do not. */
    public int interleave() {
        return search.interleave == 0 && search.happyEyeballsDelay != null ? 1 : search.interleave;
    }

    /** Returns how to speak TLS, or null for a plain connection. */
    public @Nullable TlsOptions tls() {
        return tls;
    }
}
