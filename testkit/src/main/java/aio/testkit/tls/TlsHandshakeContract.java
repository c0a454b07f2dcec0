package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.ConnectionInfo;
import aio.loop.ConnectionOptions;
import aio.loop.ConnectionState;
import aio.loop.LoopDirectory;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.TlsOptions;
import aio.testkit.Asyncio;
import aio.testkit.VirtualClock;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.LoopThread;
import aio.testkit.net.RecordingProtocol;
import aio.transport.Connection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes depend only on the two peers that make them. */
@Asyncio("eventloop#loop.create_connection")
public abstract class TlsHandshakeContract extends TlsContract {
    private static final int MANY = 40; // more than the default executor has threads

    /** For subclasses. */
    protected TlsHandshakeContract() {}

    /** Trusts every certificate, but only after a look that lasts until it is interrupted. */
    private static final class Ponderer implements X509TrustManager {
        final LinkedBlockingQueue<Thread> pondering = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Thread> interrupted = new LinkedBlockingQueue<>();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("a client's trust manager is not asked for clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            pondering.add(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.add(Thread.currentThread());
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        SSLContext context() throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        }

        static Thread next(LinkedBlockingQueue<Thread> threads) throws InterruptedException {
            return threads.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void assertWorks(Server echo) throws Exception {
        Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::new, to(echo)));
        running.run(() -> connection.transport().write("hello".getBytes()));
        assertThat(connection.protocol().awaitBytes(5)).isEqualTo("hello".getBytes());
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    void workOfUsersInTheDefaultExecutor_holdsUpNoHandshake() throws Exception {
        Server echo = serve(EchoProtocol::new);
        CountDownLatch end = new CountDownLatch(1);
        List<LoopFuture<?>> blocking = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            blocking.add(loop.runInExecutor(() -> {
                end.await();
                return null;
            }));
        }
        try {
            assertWorks(echo);
        } finally {
            end.countDown();
        }
        blocking.forEach(TlsContract::done);
    }

    @Test
    void trustManagersThatBlock_holdUpNoOtherHandshake() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Ponderer ponderer = new Ponderer();
        List<LoopFuture<?>> stuck = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            stuck.add(loop.createConnection(RecordingProtocol::new, to(echo, client(ponderer.context()))));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(Ponderer.next(ponderer.pondering)).isNotNull();
        }
        assertWorks(echo);
        stuck.forEach(LoopFuture::cancel);
        for (int i = 0; i < 8; i++) {
            assertThat(Ponderer.next(ponderer.interrupted)).isNotNull();
        }
    }

    @Test
    void aTimeout_givesTheThreadBack() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Ponderer ponderer = new Ponderer();
        VirtualClock clock = VirtualClock.paused();
        LoopThread timed =
                closing(LoopThread.start(newPolicy().newEventLoop(LoopOptions.defaults().withClock(clock))));
        ConnectionOptions patient =
                to(echo, client(ponderer.context()).withSslHandshakeTimeout(Duration.ofHours(2)));
        LoopFuture<?> future = timed.loop().createConnection(RecordingProtocol::new, patient);
        Thread thread = Ponderer.next(ponderer.pondering);
        clock.advance(Duration.ofHours(2)).get(10, TimeUnit.SECONDS);
        assertThat(failureOf(() -> future)).hasMessageContaining("SSL handshake is taking longer");
        assertThat(Ponderer.next(ponderer.interrupted)).isSameAs(thread);
    }

    @Test
    void closingTheLoop_givesTheThreadBack() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Ponderer ponderer = new Ponderer();
        loop.createConnection(RecordingProtocol::new, to(echo, client(ponderer.context())));
        Thread thread = Ponderer.next(ponderer.pondering);
        running.close();
        assertThat(Ponderer.next(ponderer.interrupted)).isSameAs(thread);
    }

    // ---- alerts

    /** Why a handshake fails. */
    enum Quarrel { NO_CERTIFICATE, OTHER_VERSION, PLAIN_TEXT, OTHER_APPLICATION }

    @ParameterizedTest
    @EnumSource
    void theAlertOfAFailingHandshake_reachesThePeer(Quarrel quarrel) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLParameters ours = new SSLParameters();
            ours.setProtocols(new String[] {version});
            ours.setNeedClientAuth(quarrel == Quarrel.NO_CERTIFICATE);
            if (quarrel == Quarrel.OTHER_APPLICATION) {
                ours.setApplicationProtocols(new String[] {"h2"});
            }
            Server server = serve(EchoProtocol::new,
                    local().withTls(TlsOptions.server(LOCALHOST.context(AUTHORITY)).withSslParameters(ours)));
            for (int i = 0; i < 5; i++) {
                if (quarrel == Quarrel.PLAIN_TEXT) {
                    assertAlertToPlainText(server);
                } else {
                    assertAlert(server, quarrel, version);
                }
            }
        }
    }

    private static void assertAlert(Server server, Quarrel quarrel, String version) throws Exception {
        String other = version.equals("TLSv1.2") ? "TLSv1.3" : "TLSv1.2";
        try (SSLSocket client = (SSLSocket) AUTHORITY.trusting().getSocketFactory()
                .createSocket("127.0.0.1", addressOf(server).getPort())) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            client.setEnabledProtocols(new String[] {quarrel == Quarrel.OTHER_VERSION ? other : version});
            if (quarrel == Quarrel.OTHER_APPLICATION) {
                SSLParameters asking = client.getSSLParameters();
                asking.setApplicationProtocols(new String[] {"spdy"});
                client.setSSLParameters(asking);
            }
            assertThatThrownBy(() -> {
                client.startHandshake();
                client.getOutputStream().write(new byte[3000]); // it must not meet a socket that is closed
                client.getInputStream().read();
            }).isInstanceOf(SSLException.class).hasMessageContaining("alert");
        }
    }

    private static void assertAlertToPlainText(Server server) throws Exception {
        try (Socket client = new Socket("127.0.0.1", addressOf(server).getPort())) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            assertThat(client.getInputStream().read()).as("the type of an alert").isEqualTo(21);
            client.getInputStream().readAllBytes();
        }
    }

    @Test
    void aPeerThatNeverEnds_isCutOff_andTheFailureIsToldBefore() throws Exception {
        ServerSocket silent = closing(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        ConnectionOptions options = to(silent.getLocalPort(), TRUSTING.withSslShutdownTimeout(Duration.ofSeconds(2)));
        LoopFuture<Connection<RecordingProtocol>> future = loop.createConnection(RecordingProtocol::new, options);
        Socket peer = closing(silent.accept());
        peer.getOutputStream().write("220 this is not TLS\r\n".getBytes());
        until("the failure is told", future::isDone);
        assertThat(future.exception()).isInstanceOf(SSLException.class).hasMessageContaining("does not speak TLS");
        assertThat(loop.info().connections()).as("the peer may still read the alert").isEqualTo(1);
        until("it is cut off", () -> loop.info().connections() == 0);
    }

    @Test
    void plainTextAfterAHandshake_isAnError_alsoWithParametersOfTheUser() throws Exception {
        SSLParameters nothingSet = new SSLParameters();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            Spawned served = Spawned.silent();
            Server server = serve(served, local().withTls(SERVING.withSslParameters(nothingSet)));
            try (Tapped tapped = new Tapped(addressOf(server))) {
                tapped.secured(AUTHORITY.trusting(), version);
                RecordingProtocol protocol = served.first();
                protocol.transport();
                tapped.getOutputStream().write("this is plain text, and long enough for a header".getBytes());
                assertThat(protocol.awaitLost()).isInstanceOf(SSLException.class);
                assertThat(protocol.events()).containsExactly("made", "lost");
            }
        }
    }

    @Test
    void whileTlsIsAgreed_operatorsSeeIt_andMayEndIt() throws Exception {
        LoopDirectory directory = EventLoops.loopDirectory();
        Server server = serve(EchoProtocol::new);
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), addressOf(server).getPort())) {
            until("it is accepted", () -> directory.connections(loop.name()).size() == 1);
            ConnectionInfo info = directory.connections(loop.name()).get(0);
            assertThat(info.state()).isEqualTo(ConnectionState.HANDSHAKE);
            assertThat(info.tls()).isEmpty();
            assertThat(info.protocol()).isEqualTo(EchoProtocol.class.getName());
            EventLoops.policyAdmin().closeConnection(loop.name(), info.id());
            until("it has ended", () -> directory.connections(loop.name()).isEmpty());
            silent.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }
}
