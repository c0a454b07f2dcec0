package aio.testkit.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A key with its certificate, made on the spot, so that the repository holds nothing that could expire.
 *
 * @param certificate what others are shown
 * @param keys the key pair of the certificate
 * @param issuer the signer of the certificate; null if it has signed itself
 */
record Identity(X509Certificate certificate, KeyPair keys, @Nullable Identity issuer) {
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final Duration YEAR = Duration.ofDays(365);

    /** Returns an authority that signs others. */
    static Identity authority(String name) {
        byte[] constraints = Der.sequence(
                Der.oid(0x55, 0x1D, 0x13), Der.yes(), Der.octets(Der.sequence(Der.yes())));
        return made(name, null, Instant.now().minus(YEAR), Instant.now().plus(YEAR), List.of(constraints));
    }

    /** Returns one for a host, valid now. */
    Identity signs(String... hosts) {
        return signs(Instant.now().minus(YEAR), Instant.now().plus(YEAR), hosts);
    }

    /** Returns one for a host that has expired. */
    Identity signsExpired(String... hosts) {
        return signs(Instant.now().minus(YEAR), Instant.now().minus(Duration.ofDays(1)), hosts);
    }

    private Identity signs(Instant from, Instant to, String... hosts) {
        byte[][] names = new byte[hosts.length][];
        for (int i = 0; i < hosts.length; i++) {
            names[i] = alternativeName(hosts[i]);
        }
        byte[] alternatives = Der.sequence(Der.oid(0x55, 0x1D, 0x11), Der.octets(Der.sequence(names)));
        return made(hosts[0], this, from, to, List.of(alternatives));
    }

    private static byte[] alternativeName(String host) {
        try {
            return Character.isDigit(host.charAt(0))
                    ? Der.tagged(0x87, InetAddress.getByName(host).getAddress())
                    : Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalArgumentException(host, e);
        }
    }

    private static Identity made(
            String name, @Nullable Identity issuer, Instant from, Instant to, List<byte[]> extensions) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] subject = distinguished(name);
            byte[] body = Der.sequence(
                    Der.tagged(0xA0, Der.integer(new byte[] {2})),
                    Der.integer(BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                    ECDSA_SHA256,
                    issuer == null ? subject : issuer.certificate.getSubjectX500Principal().getEncoded(),
                    Der.sequence(Der.time(from), Der.time(to)),
                    subject,
                    keys.getPublic().getEncoded(),
                    Der.tagged(0xA3, Der.sequence(extensions.toArray(new byte[0][]))));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer == null ? keys.getPrivate() : issuer.keys.getPrivate());
            signature.update(body);
            byte[] encoded = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new Identity(certificate, keys, issuer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate can be made", e);
        }
    }

    private static byte[] distinguished(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(0x55, 0x04, 0x03), Der.text(name))));
    }

    /** Returns a context that shows this certificate and trusts what an authority has signed. */
    SSLContext context(@Nullable Identity trusted) {
        return context(this, trusted);
    }

    /** Returns a context that shows nothing and trusts what this authority has signed. */
    SSLContext trusting() {
        return context(null, this);
    }

    /** Returns a context that shows nothing and trusts only an authority that has signed nothing. */
    static SSLContext trustingNobody() {
        return authority("nobody").trusting();
    }

    /** Returns what has this certificate. */
    X509ExtendedKeyManager keyManager() {
        try {
            return (X509ExtendedKeyManager) keyManagers(this).getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no keys can be made", e);
        }
    }

    private static KeyManagerFactory keyManagers(@Nullable Identity own) throws GeneralSecurityException, IOException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        KeyStore keyStore = emptyStore();
        if (own != null) {
            keyStore.setKeyEntry("own", own.keys.getPrivate(), new char[0], own.chain());
        }
        keyManagers.init(keyStore, new char[0]);
        return keyManagers;
    }

    private static SSLContext context(@Nullable Identity own, @Nullable Identity trusted) {
        try {
            KeyManagerFactory keyManagers = keyManagers(own);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            KeyStore trustStore = emptyStore();
            if (trusted != null) {
                trustStore.setCertificateEntry("trusted", trusted.certificate);
                trustManagers.init(trustStore);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trusted == null ? null : trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no context can be made", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private X509Certificate[] chain() {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        for (Identity each = issuer; each != null; each = each.issuer) {
            chain.add(each.certificate);
        }
        return chain.toArray(new X509Certificate[0]);
    }

    /** Writes the certificate for programs that read files. */
    Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
        return writePem(file, "CERTIFICATE", certificate.getEncoded());
    }

    /** Writes the private key for programs that read files. */
    Path writeKey(Path file) throws IOException {
        return writePem(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static Path writePem(Path file, String what, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
