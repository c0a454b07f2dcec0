package aio.core.tls;

import aio.core.foreign.Text;
import aio.core.time.Durations;
import aio.transport.BaseTransport;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Describes failures for people. Any thread. */
final class TlsFailures {
    private TlsFailures() {}

    /** Returns the readable name of a peer. */
    static String who(StreamTransport lower, String host) {
        Object address = lower.getExtraInfo(BaseTransport.PEERNAME);
        String text = address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : address == null || Text.of(address).isEmpty() ? "the peer" : Text.of(address);
        return host.isEmpty() ? text : "\"" + host + "\" (" + text + ")";
    }

    static SocketTimeoutException handshakeTimeout(Duration timeout, String who) {
        return new SocketTimeoutException("SSL handshake is taking longer than " + Durations.seconds(timeout)
                + " seconds: aborting the connection with " + who);
    }

    static SocketTimeoutException shutdownTimeout(Duration timeout, String who) {
        return new SocketTimeoutException("SSL shutdown timed out after " + Durations.seconds(timeout)
                + " seconds: the connection with " + who + " is aborted");
    }

    static SocketException reset(String who, @Nullable Throwable cause) {
        SocketException reset =
                new SocketException("Connection reset: the connection with " + who + " ended during the SSL handshake");
        reset.initCause(cause);
        return reset;
    }

    static SocketException aborted(String who) {
        return new SocketException(
                "Connection aborted: the connection with " + who + " was closed here during the SSL handshake");
    }

    /** Describes a failed handshake: with which peer, and why. */
    static Throwable handshake(Throwable failure, String who) {
        if (!(failure instanceof IOException)) {
            return failure;
        }
        String text = "SSL handshake with " + who + " failed: " + reason(failure);
        SSLException readable =
                failure instanceof SSLHandshakeException ? new SSLHandshakeException(text) : new SSLException(text);
        readable.initCause(failure);
        return readable;
    }

    private static String reason(Throwable failure) {
        CertificateException certificate = null;
        CertPathBuilderException path = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException || each instanceof CertificateNotYetValidException) {
                return "certificate verify failed: the certificate "
                        + (each instanceof CertificateExpiredException ? "has expired" : "is not valid yet") + " ("
                        + Text.ofMessage(each) + ")";
            }
            certificate = each instanceof CertificateException found ? found : certificate;
            path = each instanceof CertPathBuilderException found ? found : path;
        }
        if (path != null) {
            return "certificate verify failed: it is not trusted (" + Text.ofMessage(path)
                    + "); trust its issuer in the SSLContext";
        }
        if (certificate != null) {
            return "certificate verify failed: " + Text.ofMessage(certificate);
        }
        String message = Text.ofMessage(failure);
        return message.contains("plaintext connection") ? "the peer does not speak TLS (" + message + ")" : message;
    }
}
