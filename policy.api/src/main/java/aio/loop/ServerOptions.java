package aio.loop;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How to listen: the keyword arguments of asyncio's {@code create_server}. Immutable; each {@code with…} method returns
 * a changed copy.
 */
public final class ServerOptions {
    private static final int DEFAULT_BACKLOG = 100; // asyncio's

    private final List<String> hosts;
    private final int port;
    private final @Nullable ServerSocketChannel channel;
    private final int backlog;
    private final boolean reuseAddress;
    private final boolean reusePort;
    private final boolean keepAlive;
    private final boolean startServing;
    private final @Nullable SSLContext sslContext;
    private final TlsOptions tls;

    private ServerOptions(
            List<String> hosts,
            int port,
            @Nullable ServerSocketChannel channel,
            int backlog,
            boolean reuseAddress,
            boolean reusePort,
            boolean keepAlive,
            boolean startServing,
            @Nullable SSLContext sslContext,
            TlsOptions tls) {
        this.hosts = hosts;
        this.port = port;
        this.channel = channel;
        this.backlog = backlog;
        this.reuseAddress = reuseAddress;
        this.reusePort = reusePort;
        this.keepAlive = keepAlive;
        this.startServing = startServing;
        this.sslContext = sslContext;
        this.tls = tls;
    }

    /**
     * On a host, by name or literal address, and a port; the empty text is all interfaces, port 0 a free port. A server
     * at {@code 0.0.0.0} takes IPv4 only. One at {@code ::} takes both, as at the empty text, for Java cannot restrict
     * a socket to IPv6; that differs from asyncio.
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
        return new ServerOptions(copy, Ports.check(port), null, DEFAULT_BACKLOG, !isWindows(), false, false, true, null,
                TlsOptions.server());
    }

    /** On a channel that is bound already. The loop owns it from now on. */
    public static ServerOptions on(ServerSocketChannel channel) {
        return new ServerOptions(
                List.of(),
                0,
                Objects.requireNonNull(channel, "channel"),
                DEFAULT_BACKLOG,
                false,
                false,
                false,
                true,
                null,
                TlsOptions.server());
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
        return new ServerOptions(hosts, port, channel, connections, reuseAddress, reusePort, keepAlive, startServing,
                sslContext, tls);
    }

    /** Whether a port in {@code TIME_WAIT} may be bound again, true unless set (false on Windows). */
    public ServerOptions withReuseAddress(boolean reuse) {
        return new ServerOptions(hosts, port, channel, backlog, reuse, reusePort, keepAlive, startServing,
                sslContext, tls);
    }

    /**
     * Whether other sockets may bind the same port, false unless set. Where the system cannot, creating the server
     * fails with {@link IllegalArgumentException}.
     */
    public ServerOptions withReusePort(boolean reuse) {
        return new ServerOptions(hosts, port, channel, backlog, reuseAddress, reuse, keepAlive, startServing,
                sslContext, tls);
    }

    /** Whether TCP keeps accepted connections alive, false unless set. */
    public ServerOptions withKeepAlive(boolean keep) {
        return new ServerOptions(hosts, port, channel, backlog, reuseAddress, reusePort, keep, startServing,
                sslContext, tls);
    }

    /** Whether to accept at once, true unless set; else call {@link Server#startServing}. */
    public ServerOptions withStartServing(boolean start) {
        return new ServerOptions(hosts, port, channel, backlog, reuseAddress, reusePort, keepAlive, start,
                sslContext, tls);
    }

    /** Over TLS, see {@link Tls}. */
    public ServerOptions withSsl(SSLContext context) {
        return secured(Objects.requireNonNull(context, "context"), tls);
    }

    /** How long a TLS handshake may take, see {@link TlsOptions#withSslHandshakeTimeout}. */
    public ServerOptions withSslHandshakeTimeout(Duration timeout) {
        return secured(sslContext, tls.withSslHandshakeTimeout(timeout));
    }

    /** How long ending TLS may take, see {@link TlsOptions#withSslShutdownTimeout}. */
    public ServerOptions withSslShutdownTimeout(Duration timeout) {
        return secured(sslContext, tls.withSslShutdownTimeout(timeout));
    }

    /** Application protocols, client certificates and more, see {@link TlsOptions#withSslParameters}. */
    public ServerOptions withSslParameters(SSLParameters parameters) {
        return secured(sslContext, tls.withSslParameters(parameters));
    }

    private ServerOptions secured(@Nullable SSLContext context, TlsOptions options) {
        return new ServerOptions(hosts, port, channel, backlog, reuseAddress, reusePort, keepAlive, startServing,
                context, options);
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
        return backlog;
    }

    /** Tells whether {@code SO_REUSEADDR} is set. */
    public boolean reuseAddress() {
        return reuseAddress;
    }

    /** Tells whether {@code SO_REUSEPORT} is set. */
    public boolean reusePort() {
        return reusePort;
    }

    /** Tells whether {@code SO_KEEPALIVE} is set on accepted connections. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Tells whether the server accepts at once. */
    public boolean startServing() {
        return startServing;
    }

    /** Returns the context of TLS, or null for plain connections. */
    public @Nullable SSLContext sslContext() {
        return sslContext;
    }

    /**
     * Returns how to speak TLS.
     *
     * @throws IllegalArgumentException if something of it was set and there is no context
     */
    public TlsOptions tls() {
        return TlsOptions.checked(tls, sslContext);
    }
}
