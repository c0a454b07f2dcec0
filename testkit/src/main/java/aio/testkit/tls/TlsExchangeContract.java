package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.NotInAsyncio;
import aio.testkit.net.BytePattern;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.RecordingProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS while the driver is exchanged under it: every byte arrives, and no handshake fails. */
@Timeout(60)
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class TlsExchangeContract extends TlsContract {
    private static final int EXCHANGES = 50;

    /** For subclasses. */
    protected TlsExchangeContract() {}

    @AfterEach
    final void dropInstallation() {
        EventLoops.setEventLoopPolicy(null);
    }

    private void exchange() throws Exception {
        long before = loop.info().exchanges();
        EventLoops.setEventLoopPolicy(newPolicy());
        until("the loop has exchanged its driver", () -> loop.info().exchanges() > before);
    }

    static Rounds.Round talking(SSLSocket client, BytePattern pattern) {
        long[] at = new long[1];
        return round -> {
            int size = 1 + round * 7919 % 60_000;
            client.getOutputStream().write(pattern.bytes(at[0], size));
            byte[] answer = client.getInputStream().readNBytes(size);
            assertThat(answer).hasSize(size);
            pattern.check(at[0], answer, size);
            at[0] += size;
        };
    }

    @Test
    void exchangesUnderTraffic_loseNoByte_andNoHandshake() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Rounds traffic = new Rounds();
        traffic.repeat("TLS 1.2", talking(client(echo, "TLSv1.2"), new BytePattern(12)));
        traffic.repeat("TLS 1.3", talking(client(echo, "TLSv1.3"), new BytePattern(13)));
        traffic.repeat("connects", round -> {
            try (SSLSocket client = (SSLSocket) AUTHORITY.trusting().getSocketFactory()
                    .createSocket("127.0.0.1", addressOf(echo).getPort())) {
                client.setSoTimeout((int) PATIENCE.toMillis());
                client.getOutputStream().write("hi".getBytes());
                assertThat(client.getInputStream().readNBytes(2)).isEqualTo("hi".getBytes());
            }
        });
        try {
            for (int i = 0; i < EXCHANGES; i++) {
                traffic.awaitRound();
                exchange();
            }
            traffic.awaitRound();
        } finally {
            traffic.stop();
        }
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(EXCHANGES);
    }

    @Test
    void inTheMiddleOfAHandshake_onBothSides() throws Exception {
        Server echo = serve(EchoProtocol::new);
        try (ServerSocket between = new ServerSocket(0)) {
            LoopFuture<Connection<RecordingProtocol>> future =
                    loop.createConnection(RecordingProtocol::new, to(between.getLocalPort()));
            Socket left = closing(between.accept());
            Socket right = closing(new Socket("127.0.0.1", addressOf(echo).getPort()));
            pass(left, right, 100); // a part of the greeting
            exchange();
            Thread there = passing(left, right);
            pass(right, left, 60); // a part of the reply
            exchange();
            assertThat(future.isDone()).isFalse();
            Thread back = passing(right, left);
            Connection<RecordingProtocol> connection = done(future);
            running.run(() -> connection.transport().write("made it".getBytes()));
            assertThat(connection.protocol().awaitBytes(7)).isEqualTo("made it".getBytes());
            running.run(connection.transport()::close);
            assertThat(connection.protocol().awaitLost()).isNull();
            there.join(PATIENCE.toMillis());
            back.join(PATIENCE.toMillis());
        }
    }

    private static void pass(Socket from, Socket to, int count) throws IOException {
        to.getOutputStream().write(from.getInputStream().readNBytes(count));
    }

    private static Thread passing(Socket from, Socket to) {
        Thread thread = new Thread(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                System.getLogger("aio.testkit").log(System.Logger.Level.DEBUG, "one side is gone", e);
            }
        }, "passes bytes on");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void whatIsBuffered_arrivesOverTheNextDriver_alsoWhenClosed() throws Exception {
        BytePattern pattern = new BytePattern(282);
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        StreamTransport transport = served.first().transport();
        running.run(() -> {
            SocketChannel channel = (SocketChannel) transport.getExtraInfo(StreamTransport.SOCKET);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 8192);
            transport.write(pattern.bytes(0, 3_000_000));
            transport.close();
        });
        exchange();
        byte[] all = client.getInputStream().readAllBytes();
        assertThat(all).hasSize(3_000_000);
        pattern.check(0, all, all.length);
        client.close();
        assertThat(served.first().awaitLost()).isNull();
    }

    @Test
    void whatWaitsForAPausedProtocol_isStillThere() throws Exception {
        BytePattern pattern = new BytePattern(283);
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        StreamTransport transport = served.first().transport();
        running.run(transport::pauseReading);
        client.getOutputStream().write(pattern.bytes(0, 50_000));
        exchange();
        running.run(transport::resumeReading);
        exchange();
        pattern.check(0, served.first().awaitBytes(50_000), 50_000);
        running.run(transport::close);
        try (InputStream in = client.getInputStream()) {
            assertThat(in.read()).isEqualTo(-1);
        }
        client.close();
        assertThat(served.first().awaitLost()).isNull();
    }
}
