package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.Descriptors.Accepted;
import aio.loop.Descriptors.ReceivedDatagram;
import aio.loop.Descriptors.ReceivedInto;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.CallbackChain;
import aio.testkit.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw socket operations: C161 to C169. */
@Asyncio("eventloop#loop.sock_recv")
public abstract class RawSocketContract extends NetContract {

    /** For subclasses. */
    protected RawSocketContract() {}

    @BeforeEach
    final void checkSupported() {
        assertThat(loop.supports(Feature.RAW_SOCKETS)).isTrue();
    }

    private Pair nonBlockingPair() throws IOException {
        Pair pair = pair();
        pair.ours().configureBlocking(false);
        return pair;
    }

    private SocketChannel open() throws IOException {
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        return channel;
    }

    private DatagramChannel datagrams() throws IOException {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
        return channel;
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String recv(SocketChannel channel, int count) {
        StringBuilder received = new StringBuilder();
        while (received.length() < count) {
            byte[] part = done(loop.sockRecv(channel, count - received.length()));
            assertThat(part).isNotEmpty();
            received.append(text(part));
        }
        return received.toString();
    }

    /** Waits until the operation waits, so that it is not one that is done at once. */
    private void awaitWaiting(int channels) {
        Await.until("it waits", () -> loop.info().watched() == channels);
    }

    // ---- streams

    @Test
    void c161_connectSendallRecv_makeARoundTrip() throws Exception {
        ServerSocketChannel listener = listen();
        SocketChannel channel = open();
        LoopFuture<Void> connected = loop.sockConnect(channel, listener.getLocalAddress());
        BlockingClient peer = closing(BlockingClient.over(listener.accept().socket()));
        done(connected);
        done(loop.sockSendall(channel, buffer("GET / HTTP/1.0\r\n\r\n")));
        assertThat(peer.receiveText(18)).isEqualTo("GET / HTTP/1.0\r\n\r\n");
        LoopFuture<byte[]> waiting = loop.sockRecv(channel, 100);
        awaitWaiting(1);
        peer.send("HTTP/1.0 200 OK");
        assertThat(text(done(waiting))).startsWith("HTTP");
        assertThat(loop.info().watched()).isZero();
        peer.close();
        Await.until("the end of the stream", () -> done(loop.sockRecv(channel, 100)).length == 0);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    @Asyncio("eventloop#loop.sock_recv_into")
    void c161_recvInto_fillsTheBuffer() throws Exception {
        Pair pair = nonBlockingPair();
        ByteBuffer buffer = ByteBuffer.allocate(10);
        LoopFuture<Integer> waiting = loop.sockRecvInto(pair.ours(), buffer);
        awaitWaiting(1);
        pair.client().send("abc");
        assertThat(done(waiting)).isEqualTo(3);
        assertThat(buffer.position()).isEqualTo(3);
        assertThat(new String(buffer.array(), 0, 3, StandardCharsets.ISO_8859_1)).isEqualTo("abc");
        assertThat(done(loop.sockRecvInto(pair.ours(), ByteBuffer.allocate(0)))).isZero();
        pair.client().shutdownOutput();
        assertThat(done(loop.sockRecvInto(pair.ours(), buffer))).isZero();
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendall")
    void c161_sendall_sendsAll_howeverSlowThePeerIs() throws Exception {
        Pair pair = nonBlockingPair();
        BytePattern pattern = new BytePattern(20);
        int total = 8 * 1024 * 1024;
        LoopFuture<Void> sent = loop.sockSendall(pair.ours(), ByteBuffer.wrap(pattern.bytes(0, total)));
        awaitWaiting(1);
        assertThat(sent.isDone()).isFalse();
        pair.client().receive(pattern, 0, total);
        done(sent);
    }

    @Test
    void c161_operationsOfOneDirection_areDoneInOrder() throws Exception {
        Pair pair = nonBlockingPair();
        LoopFuture<byte[]> first = loop.sockRecv(pair.ours(), 3);
        LoopFuture<byte[]> second = loop.sockRecv(pair.ours(), 3);
        done(loop.sockSendall(pair.ours(), buffer("meanwhile")));
        assertThat(pair.client().receiveText(9)).isEqualTo("meanwhile");
        pair.client().send("abcdef");
        assertThat(text(done(first))).isEqualTo("abc");
        assertThat(text(done(second))).isEqualTo("def");
    }

    @Test
    void c162_cancelledRecv_stealsNothingFromTheNext() throws Exception {
        Pair pair = nonBlockingPair();
        for (int i = 0; i < 20; i++) {
            LoopFuture<byte[]> cancelled = loop.sockRecv(pair.ours(), 100);
            if (i % 2 == 0) {
                awaitWaiting(1);
            }
            assertThat(cancelled.cancel()).isTrue();
            LoopFuture<byte[]> next = loop.sockRecv(pair.ours(), 100);
            pair.client().send("data " + (char) ('a' + i));
            assertThat(text(done(next))).isEqualTo("data " + (char) ('a' + i));
            assertThat(cancelled.isCancelled()).isTrue();
        }
    }

    @Test
    void c162_recvCancelledWhileDataArrives_losesNoByte() throws Exception {
        Pair pair = nonBlockingPair();
        BytePattern pattern = new BytePattern(21);
        int total = 256 * 1024;
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                for (int position = 0; position < total; position += 1024) {
                    pair.client().send(pattern.bytes(position, 1024));
                }
                sent.complete(true);
            } catch (IOException e) {
                sent.completeExceptionally(e);
            }
        });
        sender.setDaemon(true);
        sender.start();
        long position = 0;
        while (position < total) {
            LoopFuture<byte[]> racing = loop.sockRecv(pair.ours(), 700);
            if (!racing.cancel()) { // on this thread, while the loop may be reading
                byte[] bytes = done(racing);
                pattern.check(position, bytes, bytes.length);
                position += bytes.length;
            }
            byte[] bytes = position < total ? done(loop.sockRecv(pair.ours(), 700)) : new byte[0];
            pattern.check(position, bytes, bytes.length);
            position += bytes.length;
        }
        assertThat(sent.get(12, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendall")
    void c163_cancelledSendall_leavesTheStreamForTheNext() throws Exception {
        Pair pair = nonBlockingPair();
        byte[] first = new byte[8 * 1024 * 1024];
        LoopFuture<Void> blocked = loop.sockSendall(pair.ours(), ByteBuffer.wrap(first));
        awaitWaiting(1);
        assertThat(blocked.cancel()).isTrue();
        LoopFuture<Void> next = loop.sockSendall(pair.ours(), buffer("the second payload"));
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                received.complete(pair.client().receiveAll());
            } catch (IOException e) {
                received.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        done(next);
        pair.ours().shutdownOutput();
        byte[] all = received.get(12, TimeUnit.SECONDS);
        assertThat(all.length).isLessThan(first.length);
        assertThat(text(all)).endsWith("the second payload");
        assertThat(text(all).trim()).isEqualTo("the second payload");
    }

    @Test
    @Asyncio("eventloop#loop.sock_connect")
    void c165_refusedConnect_namesTheAddress() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(LOOPBACK, FreePort.find());
        SocketChannel channel = open();
        assertThat(failureOf(() -> loop.sockConnect(channel, nobody)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("127.0.0.1:" + nobody.getPort());
        assertThat(loop.info().watched()).isZero();
    }

    @Test
    @Asyncio("eventloop#loop.sock_connect")
    void c165_hostNames_areLookedUp() throws Exception {
        ServerSocketChannel listener = listen();
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        done(loop.sockConnect(open(), InetSocketAddress.createUnresolved("localhost", port)));
        assertThat(failureOf(() -> loop.sockConnect(open(), InetSocketAddress.createUnresolved("no.invalid", port))))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    @Asyncio("eventloop#loop.sock_connect")
    void c165_cancelledConnect_leavesNothingOnTheLoop() throws Exception {
        FullBacklog backlog = closing(new FullBacklog());
        SocketChannel channel = open();
        LoopFuture<Void> connect = loop.sockConnect(channel, backlog.address());
        awaitWaiting(1);
        assertThat(connect.cancel()).isTrue();
        Await.until("it waits no more", () -> loop.info().watched() == 0);
        channel.close();
    }

    @Test
    @Asyncio("eventloop#loop.sock_accept")
    void c166_accept_returnsANonBlockingConnection() throws Exception {
        ServerSocketChannel listener = listen();
        listener.configureBlocking(false);
        LoopFuture<Accepted> future = loop.sockAccept(listener);
        awaitWaiting(1);
        Socket client = closing(new Socket(LOOPBACK, listener.socket().getLocalPort()));
        Accepted accepted = done(future);
        closing(accepted.connection());
        assertThat(accepted.connection().isBlocking()).isFalse();
        assertThat(accepted.address()).isEqualTo(client.getLocalSocketAddress());
        client.getOutputStream().write('x');
        assertThat(recv(accepted.connection(), 1)).isEqualTo("x");
    }

    @Test
    @Asyncio("eventloop#loop.sock_accept")
    void c167_cancelledAccept_letsTheListenerClose() throws Exception {
        ServerSocketChannel listener = listen();
        listener.configureBlocking(false);
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        LoopFuture<Accepted> future = loop.sockAccept(listener);
        awaitWaiting(1);
        running.run(() -> loop.callLater(Duration.ofMillis(10), future::cancel));
        Await.until("it is cancelled", future::isCancelled);
        listener.close();
        Await.until("connects are refused", () -> {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                return !socket.isConnected();
            } catch (ConnectException e) {
                return true;
            }
        });
        assertThat(loop.info().watched()).isZero();
    }

    // ---- in a chain of callbacks, which may pass over polls

    private CallbackChain sendingByte(SocketChannel sender) {
        return new CallbackChain(loop, () -> loop.sockSendall(sender, buffer("x")));
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendall")
    void sendInAChain_isReceivedByATransport_afterTheNextLink() throws Exception {
        LoopPair pair = loopPair();
        CallbackChain chain = sendingByte(pair.one());
        attach(pair.other(), new Receiving(chain::received));
        assertThat(done(chain.start())).isBetween(1, CallbackChain.most(1));
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendall")
    void sendInAChain_isReceivedByAWaitingOperation_oneLinkLater() throws Exception {
        LoopPair pair = loopPair();
        CallbackChain chain = sendingByte(pair.one());
        running.run(() -> receiveAgainAndAgain(pair.other(), chain));
        assertThat(done(chain.start())).as("the callback of the future takes one link more")
                .isBetween(2, CallbackChain.most(2));
    }

    private void receiveAgainAndAgain(SocketChannel channel, CallbackChain chain) {
        loop.sockRecv(channel, 1).addDoneCallback(received -> {
            if (received.isCancelled()) {
                return; // the test is over
            }
            chain.received();
            receiveAgainAndAgain(channel, chain);
        });
    }

    // ---- datagrams

    @Test
    @Asyncio("eventloop#loop.sock_recvfrom")
    void c169_datagrams_comeWithTheirSender() throws Exception {
        DatagramChannel channel = datagrams();
        DatagramSocket peer = closing(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
        peer.setSoTimeout(12_000);
        LoopFuture<ReceivedDatagram> waiting = loop.sockRecvfrom(channel, 100);
        awaitWaiting(1);
        peer.send(new DatagramPacket(new byte[] {'a', 'b', 'c'}, 3, channel.getLocalAddress()));
        ReceivedDatagram received = done(waiting);
        assertThat(text(received.data())).isEqualTo("abc");
        assertThat(received.sender()).isEqualTo(peer.getLocalSocketAddress());

        assertThat(done(loop.sockSendto(channel, buffer("answer"), received.sender()))).isEqualTo(6);
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        peer.receive(answer);
        assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.ISO_8859_1))
                .isEqualTo("answer");
        assertThat(answer.getSocketAddress()).isEqualTo(channel.getLocalAddress());
    }

    @Test
    @Asyncio("eventloop#loop.sock_recvfrom_into")
    void c169_recvfromInto_fillsTheBuffer_upToTheLimit() throws Exception {
        DatagramChannel channel = datagrams();
        DatagramSocket peer = closing(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
        ByteBuffer buffer = ByteBuffer.allocate(10);
        peer.send(new DatagramPacket(new byte[] {'a', 'b', 'c'}, 3, channel.getLocalAddress()));
        ReceivedInto whole = done(loop.sockRecvfromInto(channel, buffer));
        assertThat(whole).isEqualTo(new ReceivedInto(3, peer.getLocalSocketAddress()));
        peer.send(new DatagramPacket(new byte[] {'d', 'e', 'f'}, 3, channel.getLocalAddress()));
        assertThat(done(loop.sockRecvfromInto(channel, buffer, 2)).count()).isEqualTo(2);
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(new String(buffer.array(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("abcde");
        assertThatThrownBy(() -> loop.sockRecvfromInto(channel, buffer, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nbytes is greater than the length of the buffer");
    }

    @Test
    @Asyncio("eventloop#loop.sock_sendto")
    void c169_errorsOfTheNetwork_arriveInTheFuture() throws Exception {
        DatagramChannel channel = datagrams();
        try (DatagramSocket gone = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            channel.connect(gone.getLocalSocketAddress());
        }
        LoopFuture<ReceivedDatagram> waiting = loop.sockRecvfrom(channel, 100);
        awaitWaiting(1);
        done(loop.sockSendto(channel, buffer("x"), channel.getRemoteAddress()));
        assertThat(failureOf(() -> waiting)).isInstanceOf(PortUnreachableException.class);
        assertThat(channel.isOpen()).isTrue();
    }

    // ---- rules

    @Test
    void blockingChannels_areRefused() throws Exception {
        Pair pair = pair();
        ServerSocketChannel listener = listen();
        DatagramChannel datagrams = closing(DatagramChannel.open());
        ByteBuffer one = ByteBuffer.allocate(1);
        for (boolean debug : new boolean[] {true, false}) {
            loop.setDebug(debug);
            assertThatThrownBy(() -> loop.sockRecv(pair.ours(), 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> loop.sockSendall(pair.ours(), one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the socket must be non-blocking");
            assertThatThrownBy(() -> loop.sockAccept(listener)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> loop.sockRecvfrom(datagrams, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> loop.sockConnect(pair.ours(), listener.getLocalAddress()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void badArguments_areRefused() throws Exception {
        Pair pair = nonBlockingPair();
        assertThatThrownBy(() -> loop.sockRecv(pair.ours(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.sockRecvInto(pair.ours(), ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.sockSendall(pair.ours(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.sockRecv(null, 1)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void channelOfATransport_isRefused() throws Exception {
        Pair pair = pair();
        attach(pair.ours(), new RecordingProtocol());
        assertThat(failureOf(() -> loop.sockRecv(pair.ours(), 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void channelOfAnOperation_cannotBecomeATransport_untilThatIsOver() throws Exception {
        Pair pair = nonBlockingPair();
        LoopFuture<byte[]> waiting = loop.sockRecv(pair.ours(), 1);
        awaitWaiting(1);
        waiting.cancel();
        Await.until("it waits no more", () -> loop.info().watched() == 0);
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        pair.client().send("for the protocol");
        protocol.awaitBytes(16);
        assertThat(protocol.text()).isEqualTo("for the protocol");
    }

    @Test
    void whenTheFutureIsDone_theChannelIsFree() throws Exception {
        Pair pair = nonBlockingPair();
        for (int i = 0; i < 20; i++) {
            LoopFuture<byte[]> waiting = loop.sockRecv(pair.ours(), 1);
            awaitWaiting(1);
            pair.client().send("x");
            done(waiting);
            pair.ours().configureBlocking(true); // fails while a selector has it
            pair.ours().configureBlocking(false);
        }
    }

    @Test
    void brokenConnection_failsTheOperation() throws Exception {
        Pair pair = nonBlockingPair();
        LoopFuture<byte[]> waiting = loop.sockRecv(pair.ours(), 1);
        awaitWaiting(1);
        pair.ours().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.client().reset();
        assertThat(failureOf(() -> waiting)).isInstanceOf(IOException.class);
    }

    @Test
    void manyOperations_onManySockets() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        List<LoopFuture<byte[]>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pairs.add(nonBlockingPair());
            waiting.add(loop.sockRecv(pairs.get(i).ours(), 10));
        }
        awaitWaiting(50);
        for (int i = 49; i >= 0; i--) {
            pairs.get(i).client().send("number " + i);
            assertThat(text(done(waiting.get(i)))).isEqualTo("number " + i);
        }
        assertThat(loop.info().watched()).isZero();
    }

    @Test
    void driverWithoutRawSockets_isNamed() throws Exception {
        SocketChannel channel = nonBlockingPair().ours();
        EventLoop made = closing(loopOn(new FaultyDriver(driver(), "none").serveNoRawSockets()));
        assertThat(made.supports(Feature.RAW_SOCKETS)).isFalse();
        assertThatThrownBy(() -> made.sockRecv(channel, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(made.name())
                .hasMessageContaining("faulty")
                .hasMessageContaining("RAW_SOCKETS");
    }
}
