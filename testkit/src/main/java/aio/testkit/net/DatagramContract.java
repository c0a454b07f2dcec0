package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.BaseTransport;
import aio.transport.DatagramTransport;
import aio.transport.Endpoint;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagram endpoints on real sockets: C225 to C231. */
@Asyncio("eventloop#loop.create_datagram_endpoint")
public abstract class DatagramContract extends DatagramNetContract {

    /** For subclasses. */
    protected DatagramContract() {}

    @Test
    void endpoint_receivesAndReplies_withTheSendersAddress() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(), local());
        DatagramSocket peer = peer();
        send(peer, "one", addressOf(echo));
        send(peer, "two", addressOf(echo));
        assertThat(receiveText(peer)).isEqualTo("one");
        assertThat(receiveText(peer)).isEqualTo("two");
        assertThat(echo.events()).containsExactly("made", "one", "two");
        assertThat(echo.senders()).containsOnly(peer.getLocalSocketAddress());
        assertThat(loop.supports(Feature.DATAGRAMS)).isTrue();
        assertThat(loop.info().datagrams()).isEqualTo(1);
    }

    @Test
    void endpoint_isMadeOnTheLoop_andReturnsThePair() {
        running.turns(1); // an endpoint of a loop that does not run yet is made by the calling thread
        Thread[] made = new Thread[1];
        LoopFuture<Endpoint<RecordingDatagramProtocol>> future = loop.createDatagramEndpoint(() -> {
            made[0] = Thread.currentThread();
            return new RecordingDatagramProtocol();
        }, local());
        Endpoint<RecordingDatagramProtocol> endpoint = done(future);
        assertThat(made[0]).isSameAs(running.thread());
        assertThat(endpoint.protocol().events()).containsExactly("made");
        assertThat(endpoint.transport()).isSameAs(endpoint.protocol().transport());
        assertThat(endpoint.transport().getProtocol()).isSameAs(endpoint.protocol());
        running.run(() -> endpoint.transport().close());
        assertThat(endpoint.protocol().awaitLost()).isNull();
        Await.until("it is gone", () -> loop.info().datagrams() == 0);
    }

    @Test
    @Asyncio("protocol#DatagramTransport.sendto")
    void c225_connectedEndpoint_refusesAnotherAddress() throws Exception {
        DatagramSocket peer = peer();
        DatagramSocket other = peer();
        RecordingDatagramProtocol protocol =
                endpoint(new RecordingDatagramProtocol(), to(peer.getLocalSocketAddress()));
        DatagramTransport transport = protocol.transport();
        running.run(() -> {
            transport.sendTo(ByteBuffer.wrap(bytes("to none")));
            transport.sendTo(ByteBuffer.wrap(bytes("to its own")), peer.getLocalSocketAddress());
            assertThatThrownBy(() -> transport.sendTo(ByteBuffer.wrap(bytes("no")), other.getLocalSocketAddress()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Invalid address")
                    .hasMessageContaining(String.valueOf(peer.getLocalPort()));
        });
        assertThat(receiveText(peer)).isEqualTo("to none");
        assertThat(receiveText(peer)).isEqualTo("to its own");
        assertThat(transport.getExtraInfo(BaseTransport.PEERNAME)).isEqualTo(peer.getLocalSocketAddress());
    }

    @Test
    @Asyncio("protocol#DatagramTransport.sendto")
    void c225_endpointWithoutRemoteAddress_needsOneEachTime() {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        running.run(() -> assertThatThrownBy(() -> protocol.transport().sendTo(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class));
        assertThat(protocol.transport().getExtraInfo(BaseTransport.PEERNAME)).isNull();
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void c226_peerThatVanished_isAnError_andTheEndpointStaysUsable() throws Exception {
        DatagramSocket peer = peer();
        SocketAddress address = peer.getLocalSocketAddress();
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), to(address));
        int port = peer.getLocalPort();
        peer.close();
        Await.until("the refusal arrives", () -> {
            running.run(() -> protocol.transport().sendTo(ByteBuffer.wrap(bytes("lost"))));
            return protocol.events().contains("error");
        });
        assertThat(protocol.awaitError()).isInstanceOf(PortUnreachableException.class);
        DatagramSocket back = peer(port);
        send(back, "back", addressOf(protocol));
        protocol.await("back");
        running.run(() -> protocol.transport().sendTo(ByteBuffer.wrap(bytes("and forth"))));
        Await.until("it arrives", () -> receiveText(back).equals("and forth"));
        assertThat(protocol.events()).doesNotContain("lost");
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void c226_datagramThatIsTooLarge_isAnError() throws Exception {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        DatagramSocket peer = peer();
        ByteBuffer large = ByteBuffer.allocate(70_000);
        running.run(() -> {
            protocol.transport().sendTo(large, peer.getLocalSocketAddress());
            assertThat(protocol.events()).containsExactly("made", "error");
            protocol.transport().sendTo(ByteBuffer.wrap(bytes("small")), peer.getLocalSocketAddress());
        });
        assertThat(protocol.awaitError()).isInstanceOf(IOException.class);
        assertThat(large.hasRemaining()).isFalse();
        assertThat(receiveText(peer)).isEqualTo("small");
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.error_received")
    void c226_addressOfAnotherFamily_orNotResolved_isAnError() {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        running.run(() -> {
            protocol.transport().sendTo(ByteBuffer.allocate(1), InetSocketAddress.createUnresolved("nowhere", 9));
            protocol.transport().sendTo(ByteBuffer.allocate(1), new InetSocketAddress("::1", 9));
        });
        assertThat(protocol.awaitError()).isInstanceOf(UnknownHostException.class).hasMessageContaining("nowhere");
        assertThat(protocol.events()).containsExactly("made", "error", "error");
    }

    @Test
    @Asyncio("protocol#DatagramTransport.sendto")
    void c229_sendingToAPortWithoutListener_doesNotBreakReceiving() throws Exception {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        DatagramSocket gone = peer();
        SocketAddress nobody = gone.getLocalSocketAddress();
        gone.close();
        DatagramSocket peer = peer();
        for (int i = 0; i < 5; i++) {
            running.run(() -> protocol.transport().sendTo(ByteBuffer.wrap(bytes("x")), nobody));
            send(peer, "still here " + i, addressOf(protocol));
        }
        assertThat(protocol.awaitTexts(5)).hasSize(5).last().isEqualTo("still here 4");
    }

    @Test
    void c230_optionsThatContradictEachOther_areRefused() throws Exception {
        DatagramChannel channel = closing(DatagramChannel.open());
        DatagramOptions over = DatagramOptions.over(channel);
        for (DatagramOptions options : List.of(
                over.withLocalAddress(new InetSocketAddress("127.0.0.1", 0)),
                over.withRemoteAddress(new InetSocketAddress("127.0.0.1", 9)),
                over.withFamily(StandardProtocolFamily.INET),
                over.withReusePort(true),
                over.withAllowBroadcast(true),
                DatagramOptions.of(StandardProtocolFamily.UNIX),
                local().withRemoteAddress(new InetSocketAddress("::1", 9)))) {
            assertThat(failureOf(() -> loop.createDatagramEndpoint(RecordingDatagramProtocol::new, options)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> DatagramOptions.at("127.0.0.1", 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DatagramOptions.to("127.0.0.1", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.isOpen()).isTrue();
        assertThat(loop.info().datagrams()).isZero();
    }

    @Test
    void c230_hostWithoutAddressOfTheFamily_isRefused() {
        DatagramOptions options = local().withFamily(StandardProtocolFamily.INET6);
        assertThat(failureOf(() -> loop.createDatagramEndpoint(RecordingDatagramProtocol::new, options)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void c230_familyAlone_isEnough() throws Exception {
        DatagramSocket peer = peer();
        RecordingDatagramProtocol protocol =
                endpoint(new RecordingDatagramProtocol(), DatagramOptions.of(StandardProtocolFamily.INET));
        running.run(() -> protocol.transport().sendTo(ByteBuffer.wrap(bytes("hi")), peer.getLocalSocketAddress()));
        assertThat(receiveText(peer)).isEqualTo("hi");
        assertThat(addressOf(protocol).getPort()).isPositive();
        send(peer, "answer", new InetSocketAddress("127.0.0.1", addressOf(protocol).getPort()));
        protocol.await("answer");
    }

    @Test
    void c231_allowBroadcast_doesNotConnect() throws Exception {
        DatagramSocket peer = peer();
        DatagramSocket other = peer();
        RecordingDatagramProtocol protocol = endpoint(
                new RecordingDatagramProtocol(), to(peer.getLocalSocketAddress()).withAllowBroadcast(true));
        DatagramChannel channel = (DatagramChannel) protocol.transport().getExtraInfo(BaseTransport.SOCKET);
        assertThat(channel.isConnected()).isFalse();
        assertThat(channel.getOption(StandardSocketOptions.SO_BROADCAST)).isTrue();
        send(other, "from anybody", addressOf(protocol));
        protocol.await("from anybody");
        running.run(() -> {
            protocol.transport().sendTo(ByteBuffer.wrap(bytes("to the target")));
            assertThatThrownBy(() ->
                            protocol.transport().sendTo(ByteBuffer.allocate(1), other.getLocalSocketAddress()))
                    .isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(receiveText(peer)).isEqualTo("to the target");
    }

    @Test
    @Asyncio("protocol#DatagramTransport.sendto")
    void emptyDatagrams_areSentAndReceived() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(), local());
        DatagramSocket peer = peer();
        send(peer, "", addressOf(echo));
        assertThat(receive(peer).getLength()).isZero();
        assertThat(echo.events()).containsExactly("made", "");
    }

    @Test
    @Asyncio("protocol#DatagramTransport.sendto")
    void emptyDatagram_onAConnectedEndpoint_isAnError() throws Exception {
        DatagramSocket peer = peer();
        RecordingDatagramProtocol protocol =
                endpoint(new RecordingDatagramProtocol(), to(peer.getLocalSocketAddress()));
        running.run(() -> protocol.transport().sendTo(ByteBuffer.allocate(0)));
        assertThat(protocol.awaitError()).hasMessageContaining("empty datagram");
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.datagram_received")
    void largestDatagram_isReceivedWhole() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(), local());
        DatagramSocket peer = peer();
        String text = "x".repeat(65_507);
        send(peer, text, addressOf(echo));
        assertThat(receiveText(peer)).isEqualTo(text);
    }

    @Test
    void hostNames_areLookedUp() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(),
                DatagramOptions.at("localhost", 0).withFamily(StandardProtocolFamily.INET));
        RecordingDatagramProtocol client = endpoint(new RecordingDatagramProtocol(),
                DatagramOptions.to("localhost", addressOf(echo).getPort()).withFamily(StandardProtocolFamily.INET));
        running.run(() -> client.transport().sendTo(ByteBuffer.wrap(bytes("by name"))));
        assertThat(client.awaitTexts(1)).containsExactly("by name");
    }

    @Test
    void hostThatDoesNotResolve_fails() {
        DatagramOptions options = DatagramOptions.to("does-not-exist.invalid", 9);
        assertThat(failureOf(() -> loop.createDatagramEndpoint(RecordingDatagramProtocol::new, options)))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void allInterfaces_receiveFromLoopback() throws Exception {
        RecordingDatagramProtocol echo = endpoint(RecordingDatagramProtocol.echo(), DatagramOptions.at("", 0));
        DatagramSocket peer = peer();
        send(peer, "hi", new InetSocketAddress("127.0.0.1", addressOf(echo).getPort()));
        assertThat(receiveText(peer)).isEqualTo("hi");
        assertThat(echo.senders()).containsExactly(peer.getLocalSocketAddress());
    }

    @Test
    void theIpv4Wildcard_isShownAsItWasAsked() {
        RecordingDatagramProtocol protocol =
                endpoint(new RecordingDatagramProtocol(), DatagramOptions.at("0.0.0.0", 0));
        int port = addressOf(protocol).getPort();
        assertThat(protocol.transport().getExtraInfo(BaseTransport.SOCKNAME))
                .isEqualTo(new InetSocketAddress("0.0.0.0", port));
    }

    @Test
    void portInUse_isNamed_andReusePortSharesIt() throws Exception {
        RecordingDatagramProtocol first =
                endpoint(new RecordingDatagramProtocol(), local().withReusePort(true));
        DatagramOptions same = DatagramOptions.at("127.0.0.1", addressOf(first).getPort());
        assertThat(failureOf(() -> loop.createDatagramEndpoint(RecordingDatagramProtocol::new, same)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + addressOf(first).getPort());
        endpoint(new RecordingDatagramProtocol(), same.withReusePort(true));
    }

    @Test
    void openChannel_isAdopted_andClosedInTheEnd() throws Exception {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        RecordingDatagramProtocol echo =
                endpoint(RecordingDatagramProtocol.echo(), DatagramOptions.over(channel));
        assertThat(echo.transport().getExtraInfo(BaseTransport.SOCKET)).isSameAs(channel);
        DatagramSocket peer = peer();
        send(peer, "hi", channel.getLocalAddress());
        assertThat(receiveText(peer)).isEqualTo("hi");
        running.run(() -> echo.transport().close());
        assertThat(echo.awaitLost()).isNull();
        Await.until("it is closed", () -> !channel.isOpen());
    }

    @Test
    @Asyncio("protocol#DatagramProtocol.datagram_received")
    void exceptionOfTheProtocol_isReported_andTheEndpointStays() throws Exception {
        RecordingDatagramProtocol protocol = endpoint(
                new RecordingDatagramProtocol() {
                    @Override
                    public void datagramReceived(ByteBuffer data, SocketAddress sender) {
                        super.datagramReceived(data, sender);
                        if (events().size() == 2) {
                            throw new IllegalStateException("the test wants it");
                        }
                    }
                },
                local());
        DatagramSocket peer = peer();
        send(peer, "one", addressOf(protocol));
        send(peer, "two", addressOf(protocol));
        assertThat(protocol.awaitTexts(2)).containsExactly("one", "two");
        assertThat(reports.awaitOnly().exception()).hasMessage("the test wants it");
        assertThat(protocol.events()).doesNotContain("lost");
    }

    @Test
    void cancelledFuture_leavesNoEndpoint() {
        RecordingDatagramProtocol protocol = new RecordingDatagramProtocol();
        running.run(() -> loop.createDatagramEndpoint(() -> protocol, local()).cancel());
        assertThat(protocol.awaitLost()).isNull();
        Await.until("it is gone", () -> loop.info().datagrams() == 0);
    }

    @Test
    void failingFactory_leavesNoEndpoint() throws Exception {
        DatagramChannel channel = closing(DatagramChannel.open());
        assertThat(failureOf(() -> loop.<RecordingDatagramProtocol>createDatagramEndpoint(() -> {
            throw new IllegalStateException("the test wants it");
        }, DatagramOptions.over(channel)))).hasMessage("the test wants it");
        assertThat(channel.isOpen()).isFalse();
        assertThat(loop.info().datagrams()).isZero();
    }

    @Test
    void driverWithoutDatagrams_isNamed() {
        EventLoop made = closing(loopOn(faulty().serveNoDatagrams()));
        assertThat(made.supports(Feature.DATAGRAMS)).isFalse();
        assertThatThrownBy(() -> made.createDatagramEndpoint(RecordingDatagramProtocol::new, local()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(made.name())
                .hasMessageContaining("faulty")
                .hasMessageContaining("DATAGRAMS");
    }

    @Test
    void debugMode_refusesOtherThreads() {
        RecordingDatagramProtocol protocol = endpoint(new RecordingDatagramProtocol(), local());
        running.run(() -> loop.setDebug(true));
        assertThatThrownBy(() -> protocol.transport().sendTo(ByteBuffer.allocate(1), addressOf(protocol)))
                .isInstanceOf(IllegalStateException.class);
        running.run(() -> loop.setDebug(false));
    }
}
