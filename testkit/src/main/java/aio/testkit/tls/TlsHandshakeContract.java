package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.RecordingProtocol;
import aio.transport.Connection;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** Handshakes depend on nobody but the two that make them. */
public abstract class TlsHandshakeContract extends TlsContract {
    private static final int MANY = 40; // more than the default executor has threads

    /** For subclasses. */
    protected TlsHandshakeContract() {}

    /** Trusts everybody, but only after a look that lasts until it is interrupted. */
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
            stuck.add(loop.createConnection(RecordingProtocol::new, to(echo).withSsl(ponderer.context())));
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
        ConnectionOptions hasty =
                to(echo).withSsl(ponderer.context()).withSslHandshakeTimeout(Duration.ofMillis(300));
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, hasty)))
                .hasMessageContaining("SSL handshake is taking longer");
        assertThat(Ponderer.next(ponderer.interrupted)).isSameAs(Ponderer.next(ponderer.pondering));
    }

    @Test
    void closingTheLoop_givesTheThreadBack() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Ponderer ponderer = new Ponderer();
        loop.createConnection(RecordingProtocol::new, to(echo).withSsl(ponderer.context()));
        Thread thread = Ponderer.next(ponderer.pondering);
        running.close();
        assertThat(Ponderer.next(ponderer.interrupted)).isSameAs(thread);
    }
}
