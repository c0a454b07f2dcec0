package aio.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What all transports have in common, as {@code asyncio.BaseTransport}.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise. Implemented by the loop.
 */
@ProviderType
public interface BaseTransport {

    /** Name of the extra information {@link SocketAddress}: where the other side is. */
    String PEERNAME = "peername";

    /** Name of the extra information {@link SocketAddress}: where this side is. */
    String SOCKNAME = "sockname";

    /** Name of the extra information {@link java.nio.channels.SelectableChannel}: the channel, for reading options. */
    String SOCKET = "socket";

    /** Name of the extra information {@link javax.net.ssl.SSLContext}: of a TLS transport. */
    String SSLCONTEXT = "sslcontext";

    /** Name of the extra information {@link java.security.cert.Certificate}: the peer's, if it has sent one. */
    String PEERCERT = "peercert";

    /** Name of the extra information {@link TlsCipher}: the cipher of a TLS transport. */
    String CIPHER = "cipher";

    /** Name of asyncio's extra information on the compression of TLS: always null, for the JVM has none. */
    String COMPRESSION = "compression";

    /** Name of the extra information {@link javax.net.ssl.SSLEngine}: only to be read, the transport drives it. */
    String SSL_OBJECT = "ssl_object";

    /** Name of the extra information String: the application protocol that was agreed on (ALPN), if any. */
    String ALPN_PROTOCOL = "alpn_protocol";

    /**
     * Name of the extra information Boolean: true if the stream of a TLS peer ended without an end of TLS
     * (close_notify), so that an attacker may have cut off its last bytes; false if it ended with one; null until the
     * stream has ended.
     */
    String SSL_CUT = "ssl_cut";

    /** Name of the extra information: the pipe, as it was given. */
    String PIPE = "pipe";

    /** Returns extra information, or null if there is none of that name. Any thread. */
    @Nullable Object getExtraInfo(String name);

    /** Returns extra information, or {@code defaultValue} if there is none of that name. Any thread. */
    default Object getExtraInfo(String name, Object defaultValue) {
        Object value = getExtraInfo(name);
        return value == null ? defaultValue : value;
    }

    /**
     * Returns the address of the other side, the extra information {@link #PEERNAME}; null if there is none, as for a
     * pipe or an endpoint that is not connected. Any thread, also after the end.
     */
    default @Nullable SocketAddress remoteAddress() {
        return (SocketAddress) getExtraInfo(PEERNAME);
    }

    /**
     * Returns the address of this side, the extra information {@link #SOCKNAME}; null if there is none, as for a pipe.
     * Any thread, also after the end.
     */
    default @Nullable SocketAddress localAddress() {
        return (SocketAddress) getExtraInfo(SOCKNAME);
    }

    /** Tells whether the transport is closing or closed. Any thread. */
    boolean isClosing();

    /**
     * Closes the transport: it receives nothing more and sends what is buffered, then the protocol's
     * {@code connectionLost} is called with null. Idempotent.
     */
    void close();
}
