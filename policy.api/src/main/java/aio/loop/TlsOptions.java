package aio.loop;

import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS: asyncio's argument {@code ssl} and the keyword arguments that go with it. Given to
 * {@link ConnectionOptions#withTls}, {@link ServerOptions#withTls}, {@link UnixConnectionOptions#withTls},
 * {@link UnixServerOptions#withTls}, {@link Networking#startTls} and {@link Networking#connectAcceptedSocket}.
 * Immutable; each {@code with…} method returns a changed copy.
 */
public final class TlsOptions {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(60); // asyncio's SSL_HANDSHAKE_TIMEOUT
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30); // asyncio's SSL_SHUTDOWN_TIMEOUT

    private final boolean serverSide;
    private final SSLContext context;
    private final @Nullable String serverHostname;
    private final @Nullable Duration handshakeTimeout;
    private final @Nullable Duration shutdownTimeout;
    private final @Nullable SSLParameters parameters;

    private TlsOptions(
            boolean serverSide,
            SSLContext context,
            @Nullable String serverHostname,
            @Nullable Duration handshakeTimeout,
            @Nullable Duration shutdownTimeout,
            @Nullable SSLParameters parameters) {
        this.serverSide = serverSide;
        this.context = context;
        this.serverHostname = serverHostname;
        this.handshakeTimeout = handshakeTimeout;
        this.shutdownTimeout = shutdownTimeout;
        this.parameters = parameters;
    }

    /**
     * As the client: the side that begins the handshake and checks the name of the server.
     *
     * @param context the keys and what is trusted
     */
    public static TlsOptions client(SSLContext context) {
        return new TlsOptions(false, Objects.requireNonNull(context, "context"), null, null, null, null);
    }

    /**
     * As the server.
     *
     * @param context the keys and what is trusted
     */
    public static TlsOptions server(SSLContext context) {
        return new TlsOptions(true, Objects.requireNonNull(context, "context"), null, null, null, null);
    }

    /**
     * The name that the certificate of the server must match, and that is sent to the server (SNI) unless it is a
     * literal address; the empty text disables both.
     *
     * @throws IllegalArgumentException on the server's side
     */
    public TlsOptions withServerHostname(String hostname) {
        Objects.requireNonNull(hostname, "hostname");
        if (serverSide) {
            throw new IllegalArgumentException("server hostname \"" + hostname
                    + "\" is given on the server's side: only a client checks it");
        }
        return new TlsOptions(false, context, hostname, handshakeTimeout, shutdownTimeout, parameters);
    }

    /**
     * How long the handshake may take before the connection is aborted, 60 seconds unless set.
     *
     * @throws IllegalArgumentException if not positive
     */
    public TlsOptions withSslHandshakeTimeout(Duration timeout) {
        Duration checked = positive("ssl handshake timeout", timeout);
        return new TlsOptions(serverSide, context, serverHostname, checked, shutdownTimeout, parameters);
    }

    /**
     * How long sending what is buffered and ending TLS may take before the connection is aborted, 30 seconds unless
     * set.
     *
     * @throws IllegalArgumentException if not positive
     */
    public TlsOptions withSslShutdownTimeout(Duration timeout) {
        Duration checked = positive("ssl shutdown timeout", timeout);
        return new TlsOptions(serverSide, context, serverHostname, handshakeTimeout, checked, parameters);
    }

    /**
     * Application protocols (ALPN), client certificates ({@code setNeedClientAuth}), protocol versions, cipher suites
     * and all else that {@link SSLParameters} hold. They are copied. Unless they are set here, a client's endpoint
     * identification is "HTTPS" and its server name the {@link #withServerHostname server hostname}.
     */
    public TlsOptions withSslParameters(SSLParameters given) {
        SSLParameters copy = SslParametersCopy.of(Objects.requireNonNull(given, "parameters"));
        return new TlsOptions(serverSide, context, serverHostname, handshakeTimeout, shutdownTimeout, copy);
    }

    private static Duration positive(String what, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    what + " should be a positive duration, got " + timeout + ": leave it out for the default");
        }
        return timeout;
    }

    /** Returns these options if they are a client's. */
    TlsOptions forClient() {
        if (serverSide) {
            throw new IllegalArgumentException(
                    "these TLS options are a server's: a client wants TlsOptions.client(context)");
        }
        return this;
    }

    /** Returns these options if they are a server's. */
    TlsOptions forServer() {
        if (!serverSide) {
            throw new IllegalArgumentException(
                    "these TLS options are a client's: a server wants TlsOptions.server(context)");
        }
        return this;
    }

    /** Tells whether this is the server's side. */
    public boolean serverSide() {
        return serverSide;
    }

    /** Returns the keys and what is trusted. */
    public SSLContext context() {
        return context;
    }

    /** Returns the name that the server's certificate must match, empty for any; null if it was not set. */
    public @Nullable String serverHostname() {
        return serverHostname;
    }

    /** Returns how long the handshake may take. */
    public Duration sslHandshakeTimeout() {
        return handshakeTimeout == null ? HANDSHAKE_TIMEOUT : handshakeTimeout;
    }

    /** Returns how long ending TLS may take. */
    public Duration sslShutdownTimeout() {
        return shutdownTimeout == null ? SHUTDOWN_TIMEOUT : shutdownTimeout;
    }

    /** Returns a copy of the parameters, or null if none were set. */
    public @Nullable SSLParameters sslParameters() {
        return parameters == null ? null : SslParametersCopy.of(parameters);
    }
}
