package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.CallbackChain;
import aio.testkit.FreePort;
import aio.transport.BaseTransport;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connecting: cases C170 to C178, and bad input. */
@Asyncio("eventloop#loop.create_connection")
public abstract class ConnectionContract extends NetContract {

    /** For subclasses. */
    protected ConnectionContract() {}

    private static InetSocketAddress closedPort() {
        return new InetSocketAddress("127.0.0.1", FreePort.find());
    }

    @Test
    void c170_createConnection_returnsThePair_dataFlows() throws Exception {
        ServerSocketChannel listener = listen();
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        Connection<RecordingProtocol> connection =
                done(loop.createConnection(RecordingProtocol::echo, "127.0.0.1", address.getPort()));
        BlockingClient peer = closing(BlockingClient.over(listener.accept().socket()));

        StreamTransport transport = connection.transport();
        assertThat(connection.protocol().transport()).isSameAs(transport);
        assertThat(transport.getProtocol()).isSameAs(connection.protocol());
        assertThat(transport.getExtraInfo(BaseTransport.SOCKNAME))
                .isEqualTo(peer.socket().getRemoteSocketAddress());
        assertThat(transport.getExtraInfo(BaseTransport.PEERNAME)).isEqualTo(address);
        peer.send("ping");
        assertThat(peer.receiveText(4)).isEqualTo("ping");
    }

    @Test
    void c170_createConnection_overAConnectedChannel() throws Exception {
        Pair pair = pair();
        ConnectionOptions options = ConnectionOptions.over(pair.ours());
        Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::echo, options));
        pair.client().send("over");
        assertThat(pair.client().receiveText(4)).isEqualTo("over");
        assertThat(connection.transport().getExtraInfo(BaseTransport.PEERNAME))
                .isEqualTo(pair.client().localAddress());
    }

    @Test
    void c170_createConnection_fromALocalAddress() throws Exception {
        ServerSocketChannel listener = listen();
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        InetSocketAddress local = closedPort();
        ConnectionOptions options = ConnectionOptions.to("127.0.0.1", port).withLocalAddress(local);
        Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::new, options));
        assertThat(connection.transport().getExtraInfo(BaseTransport.SOCKNAME)).isEqualTo(local);
    }

    @Test
    void c170_aLocalWildcard_isThatOfTheRemoteFamily_andAnotherFamilyIsRefused() throws Exception {
        ServerSocketChannel listener = listen();
        ConnectionOptions options =
                ConnectionOptions.to("127.0.0.1", ((InetSocketAddress) listener.getLocalAddress()).getPort());
        Connection<RecordingProtocol> connection = done(loop.createConnection(
                RecordingProtocol::new, options.withLocalAddress(new InetSocketAddress("::", 0))));
        assertThat(connection.transport().getExtraInfo(BaseTransport.SOCKNAME).toString()).startsWith("/127.0.0.1:");

        InetSocketAddress six = new InetSocketAddress("::1", 0);
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, options.withLocalAddress(six))))
                .hasMessageContainingAll("[0:0:0:0:0:0:0:1]:0", "INET");
    }

    @Test
    void c171_argumentRules() throws Exception {
        SocketChannel unconnected = closing(SocketChannel.open());
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, ConnectionOptions.over(unconnected))))
                .isInstanceOf(IllegalArgumentException.class);
        Pair pair = pair();
        ConnectionOptions both = ConnectionOptions.over(pair.ours()).withLocalAddress(new InetSocketAddress(0));
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, both)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectionOptions.to("127.0.0.1", 65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void c173_oneFailure_isItself() throws Exception {
        int port = closedPort().getPort();
        Throwable failure = failureOf(() -> loop.createConnection(RecordingProtocol::new, "127.0.0.1", port));
        assertThat(failure).isInstanceOf(ConnectException.class);
        assertThat(failure.getMessage()).contains("127.0.0.1").contains(String.valueOf(port));
    }

    @Test
    void c173_failuresOfSeveralAddresses_areToldInOneMessage() throws Exception {
        int port = closedPort().getPort();
        EventLoop two = resolving(host -> List.of(address(1), address(2)));
        ConnectionOptions options = ConnectionOptions.to("two.example", port);
        Throwable failure = failureOf(() -> two.createConnection(RecordingProtocol::new, options));
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(failure.getMessage())
                .startsWith("Multiple exceptions: ")
                .contains("127.0.0.1")
                .contains("127.0.0.2");
    }

    @Test
    void c173_allErrors_attachesEachFailure() throws Exception {
        int port = closedPort().getPort();
        EventLoop two = resolving(host -> List.of(address(1), address(2)));
        ConnectionOptions options = ConnectionOptions.to("two.example", port).withAllErrors(true);
        Throwable failure = failureOf(() -> two.createConnection(RecordingProtocol::new, options));
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.getSuppressed()[0]).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1");
        assertThat(failure.getSuppressed()[1]).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.2");
    }

    @Test
    void c173_theSecondAddressIsTriedWhenTheFirstFails() throws Exception {
        ServerSocketChannel listener = listen();
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        EventLoop two = resolving(host -> List.of(address(2), address(1)));
        Connection<RecordingProtocol> connection =
                done(two.createConnection(RecordingProtocol::new, "two.example", port));
        assertThat(connection.transport().getExtraInfo(BaseTransport.PEERNAME)).isEqualTo(listener.getLocalAddress());
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void c174_theSocketIsClosed_whenConnectingFails() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        EventLoop scripted = start(loopOn(driver)).loop();
        FullBacklog backlog = closing(new FullBacklog());
        LoopFuture<Connection<RecordingProtocol>> future = scripted.createConnection(
                RecordingProtocol::new, "127.0.0.1", backlog.address().getPort());
        ScriptedConnect connect = driver.connect(0);
        assertThat(connect.channel().isOpen()).isTrue();
        connect.fail(new ConnectException("scripted refusal"));
        assertThat(failureOf(() -> future)).isInstanceOf(IOException.class).hasMessageContaining("scripted refusal");
        Await.until("the channel is closed", () -> !connect.channel().isOpen());
        assertThat(connect.isReleased()).isTrue();
    }

    @Test
    void c174_theSocketIsClosed_whenConnectingIsGivenUp() throws Exception {
        FullBacklog backlog = closing(new FullBacklog());
        LoopFuture<Connection<RecordingProtocol>> future =
                loop.createConnection(RecordingProtocol::new, "127.0.0.1", backlog.address().getPort());
        Await.until("the connect is in progress", () -> loop.info().connecting() == 1);
        long before = Descriptors.count();
        assertThat(future.cancel()).isTrue();
        assertThat(failureOf(() -> future)).isInstanceOf(CancellationException.class);
        Await.until("the connect is given up", () -> loop.info().connecting() == 0);
        Await.until("its descriptor is closed", () -> Descriptors.count() < before);
    }

    @Test
    void c174_failedConnects_leaveNoDescriptor() throws Exception {
        int port = closedPort().getPort();
        failureOf(() -> loop.createConnection(RecordingProtocol::new, "127.0.0.1", port));
        long before = Descriptors.count();
        for (int i = 0; i < 50; i++) {
            failureOf(() -> loop.createConnection(RecordingProtocol::new, "127.0.0.1", port));
        }
        Await.until("the descriptors are closed", () -> Descriptors.count() < before + 25);
    }

    @Test
    void c174_aLocalAddressThatIsNotOurs_fails() throws Exception {
        int port = ((InetSocketAddress) listen().getLocalAddress()).getPort();
        InetAddress notOurs = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}); // TEST-NET-1, RFC 5737
        ConnectionOptions options =
                ConnectionOptions.to("127.0.0.1", port).withLocalAddress(new InetSocketAddress(notOurs, 0));
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, options)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void c175_literalAddresses_skipTheResolver() throws Exception {
        ServerSocketChannel listener = listen();
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        AtomicInteger asked = new AtomicInteger();
        EventLoop counting = resolving(host -> {
            asked.incrementAndGet();
            return List.of(LOOPBACK);
        });
        done(counting.createConnection(RecordingProtocol::new, "127.0.0.1", port));
        assertThat(asked).hasValue(0);
        failureOf(() -> counting.createConnection(RecordingProtocol::new, "::1", 1));
        assertThat(asked).hasValue(0);
        done(counting.createConnection(RecordingProtocol::new, "name.example", port));
        assertThat(asked).hasValue(1);
    }

    @Test
    void c175_aHostThatIsNotFound_fails() {
        EventLoop failing = resolving(host -> {
            throw new UnknownHostException(host);
        });
        assertThat(failureOf(() -> failing.createConnection(RecordingProtocol::new, "no.example", 1)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no.example");
    }

    @Test
    @Asyncio("eventloop#loop.connect_accepted_socket")
    void c178_connectAcceptedSocket_isServedByAProtocol() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), RecordingProtocol.echo());
        pair.client().send("accepted");
        assertThat(pair.client().receiveText(8)).isEqualTo("accepted");
        pair.client().close();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    @Asyncio("eventloop#loop.connect_accepted_socket")
    void c178_connectAcceptedSocket_refusesAChannelThatIsNotConnected() throws Exception {
        SocketChannel unconnected = closing(SocketChannel.open());
        assertThat(failureOf(() -> loop.connectAcceptedSocket(RecordingProtocol::new, unconnected)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badInput_nullArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> ConnectionOptions.to(null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createConnection(null, ConnectionOptions.to("127.0.0.1", 1)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createConnection(RecordingProtocol::new, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.connectAcceptedSocket(RecordingProtocol::new, null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void badInput_aClosedLoop_saysSo() throws Exception {
        Pair pair = pair();
        running.close();
        assertThat(failureOf(() -> loop.createConnection(RecordingProtocol::new, "127.0.0.1", 1)))
                .isInstanceOf(LoopClosedException.class)
                .hasMessageContaining(loop.name());
        assertThat(failureOf(() -> loop.connectAcceptedSocket(RecordingProtocol::new, pair.ours())))
                .isInstanceOf(LoopClosedException.class);
    }

    @Test
    void badInput_closingTheLoop_endsWaitingConnects() throws Exception {
        FullBacklog backlog = closing(new FullBacklog());
        LoopFuture<Connection<RecordingProtocol>> future =
                loop.createConnection(RecordingProtocol::new, "127.0.0.1", backlog.address().getPort());
        Await.until("the connect is in progress", () -> loop.info().connecting() == 1);
        running.close();
        assertThatThrownBy(future::join).isInstanceOfAny(LoopClosedException.class, CancellationException.class);
    }

    @Test
    void badInput_aFactoryThatReturnsNull_failsTheFuture_andClosesTheSocket() throws Exception {
        Pair pair = pair();
        assertThat(failureOf(() -> loop.connectAcceptedSocket(() -> (RecordingProtocol) null, pair.ours())))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("returned null");
        Await.until("the channel is closed", () -> !pair.ours().isOpen());
        assertThat(pair.client().isAtEnd()).isTrue();
    }

    @Test
    void badInput_aFactoryThatThrows_failsTheFuture_andClosesTheSocket() throws Exception {
        Pair pair = pair();
        RuntimeException thrown = new IllegalStateException("no protocol today");
        assertThat(failureOf(() -> loop.<RecordingProtocol>connectAcceptedSocket(
                        () -> {
                            throw thrown;
                        },
                        pair.ours())))
                .isSameAs(thrown);
        Await.until("the channel is closed", () -> !pair.ours().isOpen());
    }

    // ---- in a chain of callbacks, which may pass over polls

    @Test
    @Asyncio("protocol#WriteTransport.write")
    void writeInAChain_isReceived_afterTheNextLink() throws Exception {
        LoopPair pair = loopPair();
        StreamTransport sender = attach(pair.one(), new RecordingProtocol()).transport();
        CallbackChain chain = new CallbackChain(loop, () -> sender.write(new byte[] {'x'}));
        attach(pair.other(), new Receiving(chain::received));
        assertThat(done(chain.start())).isBetween(1, CallbackChain.most(1));
    }

    @Test
    @Asyncio("protocol#WriteTransport.write")
    void writeInAChain_pastTheLoop_isReceivedAtMost17LinksLater() throws Exception {
        Pair pair = pair();
        CallbackChain chain = new CallbackChain(loop, () -> pair.client().send("x"));
        attach(pair.ours(), new Receiving(chain::received));
        assertThat(done(chain.start())).isBetween(1, 17);
    }

    @Test
    @Asyncio("eventloop#loop.call_soon")
    void endlessChain_letsIoTimersAndOtherThreadsIn() throws Exception {
        running.run(() -> loop.callSoon(this::endlessLink));
        BlockingClient client = connect(serve(Spawn.echo()));
        client.send("anybody there?");
        assertThat(client.receiveText(14)).isEqualTo("anybody there?");
        running.linger(Duration.ofMillis(1)); // a timer
        assertThat(running.call(() -> "from another thread")).isEqualTo("from another thread");
    }

    private void endlessLink() {
        loop.callSoon(this::endlessLink);
    }
}
