package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.Descriptors.Accepted;
import aio.loop.Descriptors.ReceivedDatagram;
import aio.loop.LoopFuture;
import aio.policy.EventLoopPolicy;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live exchange of a loop's driver under raw socket operations. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class RawSocketExchangeContract extends ExchangingContract {

    /** For subclasses. */
    protected RawSocketExchangeContract() {}

    @Test
    void operationsInProgress_goOn() throws Exception {
        Pair pair = pair();
        pair.ours().configureBlocking(false);
        ServerSocketChannel listener = listen();
        listener.configureBlocking(false);
        DatagramChannel datagrams = closing(DatagramChannel.open());
        datagrams.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
        LoopFuture<byte[]> recv = loop.sockRecv(pair.ours(), 10);
        LoopFuture<Accepted> accept = loop.sockAccept(listener);
        LoopFuture<ReceivedDatagram> recvfrom = loop.sockRecvfrom(datagrams, 10);
        Await.until("they wait", () -> loop.info().watched() == 3);
        exchange();
        exchange();
        assertThat(loop.info().watched()).isEqualTo(3);
        pair.client().send("hi");
        closing(new Socket(LOOPBACK, listener.socket().getLocalPort()));
        DatagramSocket peer = closing(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
        peer.send(new DatagramPacket(new byte[] {7}, 1, datagrams.getLocalAddress()));
        assertThat(done(recv)).isEqualTo("hi".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(closing(done(accept).connection()).isConnected()).isTrue();
        assertThat(done(recvfrom).data()).containsExactly(7);
    }

    @Test
    @Timeout(60)
    void fiftyExchangesUnderTraffic_loseNoByte() throws Exception {
        Pair pair = pair();
        SocketChannel ours = pair.ours();
        ours.configureBlocking(false);
        BytePattern down = new BytePattern(30);
        BytePattern up = new BytePattern(31);
        EventLoopPolicy[] policies = {policy(), policy()};
        int size = 64 * 1024;
        for (int i = 0; i < 50; i++) {
            long position = (long) i * size;
            LoopFuture<Void> sent = loop.sockSendall(ours, ByteBuffer.wrap(down.bytes(position, size)));
            LoopFuture<byte[]> first = loop.sockRecv(ours, size);
            exchange(policies[i % 2]);
            pair.client().send(up.bytes(position, size));
            long received = position + check(up, position, done(first));
            while (received < position + size) {
                received += check(up, received, done(loop.sockRecv(ours, (int) (position + size - received))));
            }
            pair.client().receive(down, position, size);
            done(sent);
        }
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(50);
        assertThat(loop.info().watched()).isZero();
    }

    private static int check(BytePattern pattern, long position, byte[] bytes) {
        assertThat(bytes).isNotEmpty();
        pattern.check(position, bytes, bytes.length);
        return bytes.length;
    }

    @Test
    void driverWithoutRawSockets_suspendsThem_andTheNextOneContinues() throws Exception {
        Pair pair = pair();
        pair.ours().configureBlocking(false);
        LoopFuture<byte[]> waiting = loop.sockRecv(pair.ours(), 10);
        Await.until("it waits", () -> loop.info().watched() == 1);
        exchange(new PolicyOn(faulty().serveNoRawSockets()));
        pair.client().send("sent meanwhile");
        running.turns(3);
        assertThat(waiting.isDone()).isFalse();
        exchange();
        assertThat(done(waiting)).isEqualTo("sent meanw".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void connectInProgress_completes() throws Exception {
        FullBacklog backlog = closing(new FullBacklog());
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        LoopFuture<Void> connect = loop.sockConnect(channel, backlog.address());
        Await.until("it waits", () -> loop.info().watched() == 1);
        exchange();
        assertThat(connect.isDone()).isFalse();
        Await.until("the kernel has connected", () -> {
            backlog.drain();
            return connect.isDone();
        });
        done(connect);
        assertThat(channel.isConnected()).isTrue();
    }
}
