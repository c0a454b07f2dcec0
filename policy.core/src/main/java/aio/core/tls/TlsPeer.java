package aio.core.tls;

import aio.loop.TlsOptions;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The peer of a TLS connection, and how to speak with it. Immutable.
 *
 * @param options which side, with which keys, and how
 * @param host the name that the certificate must match; empty for any
 * @param port finds earlier sessions again; -1 if there is none
 */
public record TlsPeer(TlsOptions options, String host, int port) {

    /** Returns a server, as the peer of a client. */
    public static TlsPeer server(TlsOptions options, @Nullable String defaultHost, int port) {
        if (options.serverSide()) {
            throw new IllegalArgumentException("the TLS options are a server's: expected TlsOptions.client(context)");
        }
        String host = options.serverHostname() != null ? options.serverHostname() : defaultHost;
        if (host == null) {
            throw new IllegalArgumentException("a server hostname must be set when using ssl without a host:"
                    + " withServerHostname, \"\" to match any");
        }
        return new TlsPeer(options, host, port).checked();
    }

    /** Returns a client, as the peer of a server. */
    public static TlsPeer client(TlsOptions options) {
        if (!options.serverSide()) {
            throw new IllegalArgumentException("the TLS options are a client's: expected TlsOptions.server(context)");
        }
        return new TlsPeer(options, "", -1).checked();
    }

    /** Returns the peer of either side. */
    public static TlsPeer of(TlsOptions options) {
        return options.serverSide() ? client(options) : server(options, null, -1);
    }

    /** Finds out now, not at each connection, what context and parameters cannot do. */
    private TlsPeer checked() {
        newEngine();
        return this;
    }

    SSLEngine newEngine() {
        SSLContext context = options.context();
        SSLEngine engine = host.isEmpty() ? context.createSSLEngine() : context.createSSLEngine(host, port);
        engine.setUseClientMode(!options.serverSide());
        SSLParameters defaults = engine.getSSLParameters();
        SSLParameters given = options.sslParameters();
        SSLParameters parameters = given == null ? defaults : completed(given, defaults);
        if (!host.isEmpty()) {
            if (parameters.getEndpointIdentificationAlgorithm() == null) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            if (given == null || given.getServerNames() == null) {
                nameServer(parameters);
            }
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Fills in what the user did not set: the engine takes over all parameters, and new ones are empty. */
    private static SSLParameters completed(SSLParameters given, SSLParameters defaults) {
        if (given.getMaximumPacketSize() == 0) { // with 0, plain text would be taken for a regular end
            given.setMaximumPacketSize(defaults.getMaximumPacketSize());
        }
        if (!given.getNeedClientAuth() && !given.getWantClientAuth()) {
            if (defaults.getNeedClientAuth()) {
                given.setNeedClientAuth(true);
            } else {
                given.setWantClientAuth(defaults.getWantClientAuth());
            }
        }
        if (given.getApplicationProtocols().length == 0) {
            given.setApplicationProtocols(defaults.getApplicationProtocols());
        }
        return given;
    }

    /** Sends the name to the server: the JDK itself omits names without a dot. */
    private void nameServer(SSLParameters parameters) {
        boolean literal = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (literal) {
            return;
        }
        try {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        } catch (IllegalArgumentException e) {
            parameters.setServerNames(List.of()); // a name that only the certificate check understands
        }
    }
}
