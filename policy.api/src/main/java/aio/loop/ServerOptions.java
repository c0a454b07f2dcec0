package aio.loop;

import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to listen: the keyword arguments of asyncio's {@code create_server}. Immutable; each {@code with…} method
 * returns a changed copy.
 */
public final class ServerOptions {
    private static final int DEFAULT_BACKLOG = 100; // asyncio's

    private final List<String> hosts;
    private final int port;
    private final @Nullable ServerSocketChannel channel;
    private final Sockets sockets;
    private final boolean startServing;
    private final @Nullable TlsOptions tls;

    /** How the sockets are set. */
    private record Sockets(int backlog, boolean reuseAddress, boolean reusePort, boolean keepAlive) {}

    private ServerOptions(
            List<String> hosts,
            int port,
            @Nullable ServerSocketChannel channel,
            Sockets sockets,
            boolean startServing,
            @Nullable TlsOptions tls) {
        this.hosts = hosts;
        this.port = port;
        this.channel = channel;
        this.sockets = sockets;
        this.startServing = startServing;
        this.tls = tls;
    }

    /**
     * On a host, by name or literal address, and a port. The empty text means all interfaces, port 0 a free port. A
     * server at {@code 0.0.0.0} accepts IPv4 only; one at {@code ::} or at the empty text accepts IPv4 and IPv6.
     * Differs from asyncio: Java cannot restrict a socket to IPv6.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static ServerOptions at(String host, int port) {
        return at(List.of(host), port);
    }

    /** On several hosts; each address is bound once, however often it is named. */
    public static ServerOptions at(List<String> hosts, int port) {
        List<String> copy = List.copyOf(hosts);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("no host given: expected at least one, \"\" for all interfaces");
        }
        Sockets sockets = new Sockets(DEFAULT_BACKLOG, !isWindows(), false, false);
        return new ServerOptions(copy, Ports.check(port), null, sockets, true, null);
    }

    /** On a channel that is bound already. The loop owns it from now on. */
    public static ServerOptions on(ServerSocketChannel channel) {
        Sockets sockets = new Sockets(DEFAULT_BACKLOG, false, false, false);
        return new ServerOptions(List.of(), 0, Objects.requireNonNull(channel, "channel"), sockets, true, null);
    }

    /**
     * How many connections may wait to be accepted, 100 unless set.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public ServerOptions withBacklog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("backlog " + connections + " is too small: expected at least 1");
        }
        return with(new Sockets(connections, sockets.reuseAddress, sockets.reusePort, sockets.keepAlive));
    }

    /** Whether a port in {@code TIME_WAIT} may be bound again, true unless set (false on Windows). */
    public ServerOptions withReuseAddress(boolean reuse) {
        return with(new Sockets(sockets.backlog, reuse, sockets.reusePort, sockets.keepAlive));
    }

    /**
     * Whether other sockets may bind the same port, false unless set. If the system does not support that, creating the
     * server fails with {@link IllegalArgumentException}.
     */
    public ServerOptions withReusePort(boolean reuse) {
        return with(new Sockets(sockets.backlog, sockets.reuseAddress, reuse, sockets.keepAlive));
    }

    /** Whether TCP keeps accepted connections alive, false unless set. */
    public ServerOptions withKeepAlive(boolean keep) {
        return with(new Sockets(sockets.backlog, sockets.reuseAddress, sockets.reusePort, keep));
    }

    /** Whether to accept at once, true unless set; else call {@link Server#startServing}. */
    public ServerOptions withStartServing(boolean start) {
        return new ServerOptions(hosts, port, channel, sockets, start, tls);
    }

    /**
     * Over TLS, see {@link Networking}.
     *
     * @param options made by {@link TlsOptions#server}
     * @throws IllegalArgumentException if the options are a client's
     */
    public ServerOptions withTls(TlsOptions options) {
        return new ServerOptions(hosts, port, channel, sockets, startServing, options.forServer());
    }

    private ServerOptions with(Sockets changed) {
        return new ServerOptions(hosts, port, channel, changed, startServing, tls);
    }

    private static boolean isWindows() {
        // there SO_REUSEADDR lets another process steal the port
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Returns the hosts; empty if a channel is given. */
    public List<String> hosts() {
        return hosts;
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    /** Returns the bound channel, or null if hosts are given. */
    public @Nullable ServerSocketChannel channel() {
        return channel;
    }

    /** Returns the backlog. */
    public int backlog() {
        return sockets.backlog;
    }

    /** Tells whether {@code SO_REUSEADDR} is set. */
    public boolean reuseAddress() {
        return sockets.reuseAddress;
    }

    /** Tells whether {@code SO_REUSEPORT} is set. */
    public boolean reusePort() {
        return sockets.reusePort;
    }

    /** Tells whether {@code SO_KEEPALIVE} is set on accepted connections. */
    public boolean keepAlive() {
        return sockets.keepAlive;
    }

    /** Tells whether the server accepts at once. */
    public boolean startServing() {
        return startServing;
    }

    /** Returns how to speak TLS, or null for plain connections. */
    public @Nullable TlsOptions tls() {
        return tls;
    }
}
