package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.console.text.Plain;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.X509Exception;
import org.apache.zookeeper.common.X509Util;

/**
 * Says why ZooKeeper is not in reach: its client tries again and again, and tells nobody why. So this connects once
 * itself, as the client does, and looks. It blocks for servers that do not answer. Confined to one thread, but for the
 * trouble.
 */
final class Reach {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final int WAIT_MILLIS = 2_000;
    private static final long FIRST_NANOS = 5_000_000_000L;
    private static final long AGAIN_NANOS = 60_000_000_000L;
    private static final String KEY_STORE = "zookeeper.ssl.keyStore.location";
    private static final String TRUST_STORE = "zookeeper.ssl.trustStore.location";
    private static final String SECURE_CLIENT = "zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty";

    private final Settings settings;
    private final ZKClientConfig config;
    private final LongSupplier nanos;
    private boolean away;
    private long next;
    private volatile String trouble = "";

    Reach(Settings settings, ZKClientConfig config, LongSupplier nanos) {
        this.settings = settings;
        this.config = config;
        this.nanos = nanos;
    }

    /** Looks for a reason, if ZooKeeper has not been in reach for some time. */
    void look(boolean connected) {
        if (connected) {
            away = false;
            trouble = "";
            return;
        }
        long now = nanos.getAsLong();
        if (!away) {
            away = true;
            next = now + FIRST_NANOS;
        } else if (now - next >= 0) {
            next = now + AGAIN_NANOS;
            String found = "node '" + settings.node() + "' does not reach ZooKeeper: " + servers();
            if (!found.equals(trouble)) {
                trouble = found;
                LOG.log(Level.WARNING, "fleet: {0}", Plain.text(found));
            }
        }
    }

    /** Returns why ZooKeeper is not in reach, and what to do; empty if it is, or not known yet. */
    Optional<String> trouble() {
        return Optional.of(trouble).filter(each -> !each.isEmpty());
    }

    private String servers() {
        boolean secure = config.getBoolean(ZKClientConfig.SECURE_CLIENT);
        if (secure && !SECURE_CLIENT.endsWith("=" + config.getProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET))) {
            return file() + " asks for TLS, which only one class of the client speaks: expected " + SECURE_CLIENT;
        }
        try (X509Util util = new ClientX509Util()) {
            SSLContext context = secure ? util.createSSLContext(config) : null;
            return new ConnectStringParser(settings.connect()).getServerAddresses().stream()
                    .takeWhile(each -> !Thread.currentThread().isInterrupted()) // this node ends
                    .map(each -> each.getHostString() + ":" + each.getPort() + " "
                            + (context == null ? plain(each) : secure(each, context, util)))
                    .collect(Collectors.joining("; "));
        } catch (X509Exception e) {
            return "a store of " + file() + " cannot be read (" + reasons(e) + "): expected a file of PEM, PKCS12 or"
                    + " JKS, and its password: " + TRUST_STORE + ", zookeeper.ssl.trustStore.password, the same for"
                    + " keyStore";
        }
    }

    private String file() {
        return settings.client().map(each -> "'" + each + "' (key client.config)").orElse("the system properties");
    }

    private static String plain(InetSocketAddress server) {
        try (Socket socket = open(server)) {
            return "is there (" + socket.getRemoteSocketAddress() + "), but takes no session: it has no majority of its"
                    + " servers, or this port is for TLS, which the key client.config is for";
        } catch (IOException e) {
            return failed(e);
        }
    }

    private String secure(InetSocketAddress server, SSLContext context, X509Util util) {
        try (Socket socket = open(server);
                SSLSocket tls = (SSLSocket) context.getSocketFactory()
                        .createSocket(socket, server.getHostString(), server.getPort(), /* autoClose= */ true)) {
            if (util.isServerHostnameVerificationEnabled(config)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
            }
            return shakeHands(tls);
        } catch (SSLException e) {
            return refused(e);
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static String shakeHands(SSLSocket tls) throws IOException {
        try {
            tls.startHandshake();
        } catch (SocketTimeoutException e) {
            return "is there, but says nothing of TLS for " + WAIT_MILLIS / 1000
                    + " s: expected that of secureClientPort";
        }
        try {
            // by TLS 1.3 a server says only after it that it wants more of the client
            return tls.getInputStream().read() < 0 ? "closes the connection: expected a port of ZooKeeper for TLS"
                    : "answers before it is asked: expected a port of ZooKeeper for TLS";
        } catch (SocketTimeoutException e) {
            return "is there, with TLS, but takes no session: it has no majority of its servers";
        }
    }

    private static Socket open(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), WAIT_MILLIS);
            socket.setSoTimeout(WAIT_MILLIS);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private String refused(SSLException e) {
        String why = " (" + reasons(e) + ")";
        if (has(e, CertPathBuilderException.class) || has(e, CertPathValidatorException.class)) {
            return "has a certificate that is not trusted" + why + ": put the certificate of its signer into the file"
                    + " of " + TRUST_STORE + ", in " + file();
        }
        if (has(e, CertificateException.class)) {
            return "has a certificate that is not for it" + why + ": expected a name of the certificate in the key"
                    + " connect, or another certificate";
        }
        if (reasons(e).contains("fatal alert")) {
            return "refuses this client" + why + ": expected a certificate that it trusts, by " + KEY_STORE + " in "
                    + file() + ", or ssl.clientAuth=none at the server";
        }
        return "speaks no TLS at this port" + why + ": expected that of secureClientPort";
    }

    private static String failed(IOException e) {
        if (e instanceof UnknownHostException) {
            return "has no address: expected a name that this host resolves, in the key connect";
        }
        if (e instanceof SocketTimeoutException) {
            return "does not answer within " + WAIT_MILLIS / 1000 + " s: expected its host and port in the key connect,"
                    + " and no firewall in between";
        }
        return e instanceof ConnectException ? "is not there (" + reasons(e) + ")" : "fails (" + e + ")";
    }

    private static boolean has(Throwable e, Class<?> type) {
        return causes(e).anyMatch(type::isInstance);
    }

    /** Returns the last reason, which says most. */
    private static String reasons(Throwable e) {
        Throwable last = causes(e).reduce(e, (one, next) -> next);
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, each -> each != null, Throwable::getCause).limit(10);
    }
}
