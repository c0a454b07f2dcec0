package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.EventLoopPolicy;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live exchange of a loop's driver under datagram endpoints. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class DatagramExchangeContract extends DatagramNetContract {
    private static final int CLIENTS = 4;

    private final AtomicLong roundTrips = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** For subclasses. */
    protected DatagramExchangeContract() {}

    @Test
    @Timeout(60)
    void fiftyExchangesUnderTraffic_loseNoDatagram() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(), local());
        EventLoopPolicy[] policies = {policy(), policy()};
        List<Thread> threads = startClients(addressOf(echo));
        try {
            for (int i = 0; i < 50; i++) {
                awaitProgress();
                exchange(policies[i % 2]);
            }
            awaitProgress();
        } finally {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(50);
        assertThat(loop.info().datagrams()).isEqualTo(1);
        assertThat(echo.events()).startsWith("made").doesNotContain("error", "lost");
    }

    private void awaitProgress() {
        long before = roundTrips.get();
        Await.until("round trips; failed: " + failures, () -> roundTrips.get() > before || !failures.isEmpty());
    }

    private List<Thread> startClients(SocketAddress address) throws IOException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            DatagramSocket client = peer();
            Thread thread = new Thread(() -> talk(client, address), "datagram client " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** One datagram at a time: the network here loses none, so each must come back, once and in its order. */
    private void talk(DatagramSocket client, SocketAddress address) {
        try {
            for (int round = 0; !stopped; round++) {
                String text = client.getLocalPort() + " says " + round;
                send(client, text, address);
                String answer = receiveText(client);
                if (!answer.equals(text)) {
                    throw new AssertionError("got \"" + answer + "\", expected \"" + text + "\"");
                }
                roundTrips.incrementAndGet();
            }
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }

    @Test
    void connectedEndpoint_isTheSameSocketAfterwards() throws Exception {
        DatagramSocket peer = peer();
        RecordingDatagramProtocol protocol =
                endpoint(new RecordingDatagramProtocol(), to(peer.getLocalSocketAddress()));
        SocketAddress before = addressOf(protocol);
        exchange();
        assertThat(addressOf(protocol)).isEqualTo(before);
        running.run(() -> protocol.transport().sendTo(ByteBuffer.wrap(bytes("out"))));
        assertThat(receiveText(peer)).isEqualTo("out");
        send(peer, "in", before);
        protocol.await("in");
    }

    @Test
    void driverWithoutDatagrams_suspendsThem_andTheNextOneContinues() throws Exception {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        DatagramSocket peer = peer();
        exchange(new PolicyOn(faulty().serveNoDatagrams()));
        assertThat(loop.info().datagrams()).isEqualTo(1);
        send(peer, "sent meanwhile", addressOf(protocol));
        running.run(() ->
                protocol.transport().sendTo(ByteBuffer.wrap(bytes("answered meanwhile")),
                        peer.getLocalSocketAddress()));
        running.turns(3);
        assertThat(protocol.events()).containsExactly("made");
        exchange();
        assertThat(protocol.awaitTexts(1)).containsExactly("sent meanwhile");
        assertThat(receiveText(peer)).isEqualTo("answered meanwhile");
    }

    @Test
    void driverThatFailsHalfWay_givesTheEndpointsBack() throws Exception {
        List<RecordingDatagramProtocol> echoes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            echoes.add(endpoint(RecordingDatagramProtocol.echo(), local()));
        }
        FaultyDriver faulty = faulty().failAfterDatagrams(2);
        EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
        Await.until("it has failed", () -> faulty.refused() > 0);
        DatagramSocket peer = peer();
        for (RecordingDatagramProtocol echo : echoes) {
            send(peer, "alive", addressOf(echo));
            assertThat(receiveText(peer)).isEqualTo("alive");
        }
        assertThat(loop.info().datagrams()).isEqualTo(5);
    }
}
