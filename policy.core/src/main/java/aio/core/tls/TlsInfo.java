package aio.core.tls;

import aio.transport.BaseTransport;
import aio.transport.TlsCipher;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a TLS transport tells about itself. Any thread. */
final class TlsInfo {
    private TlsInfo() {}

    static Map<String, Object> before(SSLContext context, SSLEngine engine) {
        return Map.of(BaseTransport.SSLCONTEXT, context, BaseTransport.SSL_OBJECT, engine);
    }

    static Map<String, Object> after(SSLContext context, SSLEngine engine) {
        Map<String, Object> info = new HashMap<>(before(context, engine));
        SSLSession session = engine.getSession();
        String suite = session.getCipherSuite();
        info.put(BaseTransport.CIPHER, new TlsCipher(suite, session.getProtocol(), secretBits(suite)));
        String application = engine.getApplicationProtocol();
        if (application != null && !application.isEmpty()) {
            info.put(BaseTransport.ALPN_PROTOCOL, application);
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            info.put(BaseTransport.PEERCERT, chain[0]);
        } catch (SSLPeerUnverifiedException e) {
            info.remove(BaseTransport.PEERCERT); // the peer has shown none, as most clients do
        }
        return Map.copyOf(info);
    }

    /** Adds how the stream of the peer has ended. */
    static Map<String, Object> ended(Map<String, Object> before, boolean cut) {
        Map<String, Object> info = new HashMap<>(before);
        info.put(BaseTransport.SSL_CUT, cut);
        return Map.copyOf(info);
    }

    /** The JDK does not give the length of the key, but its names of cipher suites do. */
    static int secretBits(String suite) {
        if (suite.contains("AES_256") || suite.contains("CHACHA20") || suite.contains("CAMELLIA_256")
                || suite.contains("ARIA_256")) {
            return 256;
        }
        if (suite.contains("_128")) {
            return 128;
        }
        return suite.contains("3DES") ? 168 : 0;
    }
}
