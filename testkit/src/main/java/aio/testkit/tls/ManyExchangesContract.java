package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.ConnectionOptions;
import aio.loop.Server;
import aio.testkit.NotInAsyncio;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.BytePattern;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.RecordingProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Exchanges of drivers under everything that loops do at once: plain and TLS streams whose bytes are checked, peers
 * that end their half and continue to read, peers that reset, protocols that pause, connects and accepts in progress;
 * while the loop moves from thread to thread. The property {@code aio.exchanges} says how many.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class ManyExchangesContract extends TlsContract {
    private static final Logger LOG = System.getLogger(ManyExchangesContract.class.getName());
    private static final int EXCHANGES = Integer.getInteger("aio.exchanges", 200);
    private static final int PLAIN = 4;
    private static final int LARGEST = 60_000;
    private static final int ROUND_EVERY = 4;
    private static final int MOVE_EVERY = 20;
    private static final byte[] HI = {'h', 'i'};

    private final Rounds traffic = new Rounds();

    /** For subclasses. */
    protected ManyExchangesContract() {}

    /** Returns the factory of the thread that the loop moves to; the number counts the moves. */
    protected ThreadFactory runner(int number) {
        return run -> new Thread(run, "runner " + number);
    }

    @AfterEach
    final void dropInstallation() {
        EventLoops.setEventLoopPolicy(null);
    }

    /** Echoes, but reads nothing more for a moment after each piece. */
    private final class Pausing implements StreamProtocol {
        private StreamTransport transport;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
            transport.pauseReading();
            loop.callLater(Duration.ofMillis(2), transport::resumeReading);
        }
    }

    private void startTraffic() throws Exception {
        Server secure = serve(EchoProtocol::new);
        traffic.repeat("TLS 1.2", TlsExchangeContract.talking(client(secure, "TLSv1.2"), new BytePattern(12)));
        traffic.repeat("TLS 1.3", TlsExchangeContract.talking(client(secure, "TLSv1.3"), new BytePattern(13)));
        traffic.repeat("TLS connects", round -> {
            try (SSLSocket client = (SSLSocket) AUTHORITY.trusting().getSocketFactory()
                    .createSocket("127.0.0.1", addressOf(secure).getPort())) {
                client.setSoTimeout((int) PATIENCE.toMillis());
                client.getOutputStream().write(HI);
                assertThat(client.getInputStream().readNBytes(HI.length)).isEqualTo(HI);
            }
        });
        InetSocketAddress plain = addressOf(serve(EchoProtocol::new, local()));
        for (int seed = 0; seed < PLAIN; seed++) {
            traffic.repeat("plain " + seed, talking(plain, new BytePattern(seed)));
        }
        traffic.repeat("paused", talking(addressOf(serve(Pausing::new, local())), new BytePattern(20)));
        traffic.repeat("half-closed", round -> halfClosed(plain, round));
        traffic.repeat("resets", round -> reset(plain, round));
        traffic.repeat("connects of ours", round -> connectOut(plain));
    }

    private Rounds.Round talking(InetSocketAddress address, BytePattern pattern) {
        BlockingClient client = closing(BlockingClient.connect(address));
        long[] at = new long[1];
        return round -> {
            int size = 1 + round * 7919 % LARGEST;
            client.send(pattern.bytes(at[0], size));
            at[0] = client.receive(pattern, at[0], size);
        };
    }

    /** Connects, ends its half at once and then reads all. */
    private static void halfClosed(InetSocketAddress address, int round) throws Exception {
        BytePattern pattern = new BytePattern(round);
        int size = 1 + round * 7919 % LARGEST;
        try (BlockingClient client = BlockingClient.connect(address)) {
            client.send(pattern.bytes(0, size));
            client.shutdownOutput();
            client.receive(pattern, 0, size);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    private static void reset(InetSocketAddress address, int round) throws Exception {
        try (BlockingClient client = BlockingClient.connect(address)) {
            client.send(new byte[1 + round * 7919 % LARGEST]);
            client.receive(1);
            client.reset();
        }
    }

    private void connectOut(InetSocketAddress address) throws Exception {
        ConnectionOptions options = ConnectionOptions.to("127.0.0.1", address.getPort());
        var connection = done(loop.createConnection(RecordingProtocol::new, options));
        loop.callSoonThreadsafe(() -> connection.transport().write(HI));
        connection.protocol().awaitBytes(HI.length);
        loop.callSoonThreadsafe(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    void manyExchanges_underEverythingAtOnce_loseNothing() throws Exception {
        startTraffic();
        int moves = 0;
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < EXCHANGES; i++) {
                if (i % MOVE_EVERY == 0) {
                    boolean idle = i % (2 * MOVE_EVERY) == 0; // asked for while no thread runs the loop
                    move(runner(moves++), () -> {
                        if (idle) {
                            EventLoops.setEventLoopPolicy(newPolicy());
                        }
                    });
                }
                if (i % ROUND_EVERY == 0) {
                    traffic.awaitRound();
                }
                exchange();
            }
            traffic.awaitRound();
        } finally {
            traffic.stop();
        }
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(EXCHANGES);
        LOG.log(Level.INFO, "{0} exchanges, {1} moves to another thread, {2} checked rounds in {3} s;"
                + " longest pause {4} ms", loop.info().exchanges(), moves, traffic.count(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                loop.info().longestPause().toNanos() / 1e6);
    }

    private void exchange() throws Exception {
        long before = loop.info().exchanges();
        EventLoops.setEventLoopPolicy(newPolicy());
        until("the loop has exchanged its driver", () -> loop.info().exchanges() > before);
    }
}
