package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.loop.UnixConnectionOptions;
import aio.loop.UnixServerOptions;
import aio.testkit.Asyncio;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.BytePattern;
import aio.testkit.net.LoopThread;
import aio.testkit.net.RecordingProtocol;
import aio.transport.BaseTransport;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on open connections, and over Unix domain sockets: C278, C279, C179. */
@Asyncio("eventloop#loop.start_tls")
public abstract class StartTlsContract extends TlsContract {
    /** For subclasses. */
    protected StartTlsContract() {}

    /** Speaks plainly until it is told to upgrade; then sends everything back. */
    private final class Upgrading extends RecordingProtocol {
        private LoopFuture<StreamTransport> upgrade;
        private StreamTransport secured;

        @Override
        public void dataReceived(ByteBuffer data) {
            super.dataReceived(data);
            if (upgrade == null) {
                transport().write("go\n".getBytes());
                upgrade = loop.startTls(transport(), this, SERVING);
                upgrade.addDoneCallback(done -> secured = done.result());
            } else {
                secured.write(data);
            }
        }
    }

    /** A connection of the loop, and its other end. */
    private record Pair(Connection<RecordingProtocol> ours, BlockingClient client) {}

    private Pair pair(RecordingProtocol protocol) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(null)) {
            int port = listener.socket().getLocalPort();
            BlockingClient client =
                    closing(BlockingClient.connect(new InetSocketAddress("127.0.0.1", port)));
            return new Pair(done(loop.connectAcceptedSocket(() -> protocol, listener.accept())), client);
        }
    }

    private SSLSocket secured(BlockingClient plain, SSLContext context, boolean client) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain.socket(), "localhost", plain.socket().getPort(), true);
        socket.setUseClientMode(client);
        socket.startHandshake();
        return closing(socket);
    }

    @Test
    void c278_onTheServersSide_withAClientOfTheJdk() throws Exception {
        Spawned served = new Spawned(Upgrading::new);
        BlockingClient plain = closing(BlockingClient.connect(addressOf(serve(served, local()))));
        plain.send("starttls\n");
        assertThat(plain.receiveText(3)).isEqualTo("go\n");
        SSLSocket client = secured(plain, AUTHORITY.trusting(), true);
        client.getOutputStream().write("secret".getBytes());
        assertThat(client.getInputStream().readNBytes(6)).isEqualTo("secret".getBytes());
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().text()).isEqualTo("starttls\nsecret");
        assertThat(served.first().events()).containsExactly("made", "data", "eof", "lost");
    }

    /** Receives the beginning of TLS in one segment with the command. */
    private final class Hasty extends RecordingProtocol {
        private final TlsOptions options;
        private boolean upgraded;

        Hasty(TlsOptions options) {
            this.options = options;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            if (upgraded) {
                super.dataReceived(data);
                return;
            }
            upgraded = true;
            byte[] command = new byte["starttls\n".length()];
            data.get(command);
            assertThat(command).isEqualTo("starttls\n".getBytes());
            assertThat(data.hasRemaining()).isTrue();
            loop.startTls(transport(), this, options, data);
            assertThat(data.hasRemaining()).isFalse();
        }
    }

    private BlockingClient sendInOneSegment(Hasty protocol) throws Exception {
        Server server = serve(() -> protocol, local());
        SSLEngine engine = AUTHORITY.trusting().createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        ByteBuffer first = ByteBuffer.allocate(64 * 1024).put("starttls\n".getBytes());
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), first);
        BlockingClient client = closing(BlockingClient.connect(addressOf(server)));
        client.send(Arrays.copyOf(first.array(), first.position()));
        return client;
    }

    @Test
    void whatComesWhileTheEngineThinks_isKept() throws Exception {
        SlowKeys keys = new SlowKeys(LOCALHOST.keyManager());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys}, null, null);
        Hasty protocol = new Hasty(TlsOptions.server(context));
        BlockingClient client = sendInOneSegment(protocol);
        keys.asked.await();
        // a record that a client of TLS 1.3 may send for the sake of boxes on the way, and that says nothing
        for (int part : new int[] {20, 3, 3, 0, 1, 1}) {
            client.send(new byte[] {(byte) part});
            running.turns(10);
        }
        keys.released.countDown();
        assertThat(client.receive(1)).as("a record of the handshake").containsExactly(22);
        client.close();
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    void whatCameInTheSameSegmentAsTheCommand_canBeGiven() throws Exception {
        Hasty protocol = new Hasty(SERVING);
        BlockingClient client = sendInOneSegment(protocol);
        assertThat(client.receive(1)).as("a record of the handshake").containsExactly(22);
        client.close();
        assertThat(protocol.awaitLost()).isInstanceOf(IOException.class);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    void aClientWithoutAServerHostname_isRefused_butMaySayThatItChecksNone() throws Exception {
        Server server = serve(new Spawned(Upgrading::new), local());
        Connection<RecordingProtocol> plain =
                done(loop.createConnection(RecordingProtocol::new, "127.0.0.1", addressOf(server).getPort()));
        running.run(() -> plain.transport().write("starttls\n".getBytes()));
        plain.protocol().awaitBytes(3);
        assertThatThrownBy(() -> loop.startTls(
                        plain.transport(), plain.protocol(), TlsOptions.client(AUTHORITY.trusting())))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("withServerHostname");
        StreamTransport secured = done(loop.startTls(plain.transport(), plain.protocol(),
                TlsOptions.client(AUTHORITY.trusting()).withServerHostname("")));
        running.run(secured::close);
        assertThat(plain.protocol().awaitLost()).isNull();
    }

    @Test
    void c278_onBothSides_withAnotherProtocol_andANewTransport() throws Exception {
        Server server = serve(new Spawned(Upgrading::new), local());
        Connection<RecordingProtocol> plain =
                done(loop.createConnection(RecordingProtocol::new, "127.0.0.1", addressOf(server).getPort()));
        running.run(() -> plain.transport().write("starttls\n".getBytes()));
        plain.protocol().awaitBytes(3);
        RecordingProtocol next = new RecordingProtocol();
        StreamTransport secured = done(loop.startTls(plain.transport(), next, TRUSTING));
        assertThat(secured).isNotSameAs(plain.transport());
        assertThat(secured.getProtocol()).isSameAs(next);
        assertThat(secured.getExtraInfo(BaseTransport.PEERCERT)).isEqualTo(LOCALHOST.certificate());
        BytePattern pattern = new BytePattern(278);
        running.run(() -> secured.write(pattern.bytes(0, 200_000)));
        pattern.check(0, next.awaitBytes(200_000), 200_000);
        running.run(secured::close);
        assertThat(next.awaitLost()).isNull();
        assertThat(next.events()).as("not told of the connection again").containsExactly("data", "lost");
        assertThat(plain.protocol().events()).containsExactly("made", "data");
    }

    @Test
    void c278_aPausedTransport_readsTheHandshake() throws Exception {
        Pair pair = pair(RecordingProtocol.echo());
        running.run(() -> pair.ours().transport().pauseReading());
        LoopFuture<StreamTransport> upgrade =
                loop.startTls(pair.ours().transport(), pair.ours().protocol(), SERVING);
        SSLSocket client = secured(pair.client(), AUTHORITY.trusting(), true);
        assertThat(done(upgrade).isReading()).isTrue();
        client.close();
        pair.ours().protocol().awaitLost();
    }

    @Test
    void c279_argumentsThatCannotBe_areRefused() throws Exception {
        Pair pair = pair(new RecordingProtocol());
        StreamTransport transport = pair.ours().transport();
        StreamProtocol protocol = pair.ours().protocol();
        assertThatThrownBy(() -> loop.startTls(null, protocol, TRUSTING))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.startTls(transport, null, TRUSTING))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.startTls(transport, protocol, null))
                .isInstanceOf(NullPointerException.class);
        EventLoop other = closing(LoopThread.start(newPolicy().newEventLoop())).loop();
        assertThatThrownBy(() -> other.startTls(transport, protocol, TRUSTING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not supported by startTls");
        running.run(transport::close);
        assertThat(failureOf(() -> loop.startTls(transport, protocol, TRUSTING)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closing");
    }

    @Test
    void c278_afterAFailedHandshake_theTransportIsClosed_andTheProtocolKnows() throws Exception {
        Pair pair = pair(new RecordingProtocol());
        LoopFuture<StreamTransport> upgrade =
                loop.startTls(pair.ours().transport(), pair.ours().protocol(), SERVING);
        assertThatThrownBy(() -> secured(pair.client(), Identity.trustingNobody(), true))
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(failureOf(() -> upgrade)).isInstanceOf(IOException.class);
        assertThat(pair.ours().protocol().awaitLost()).isInstanceOf(IOException.class);
        assertThat(pair.ours().protocol().events()).containsExactly("made", "lost");
        assertThat(pair.ours().transport().isClosing()).isTrue();
    }

    @Test
    void c278_aSilentPeer_isAborted() throws Exception {
        Pair pair = pair(new RecordingProtocol());
        TlsOptions hasty = TRUSTING.withSslHandshakeTimeout(Duration.ofMillis(50));
        assertThat(failureOf(() ->
                        loop.startTls(pair.ours().transport(), pair.ours().protocol(), hasty)))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(pair.ours().protocol().awaitLost()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void c278_cancelled_closesTheConnection() throws Exception {
        Pair pair = pair(new RecordingProtocol());
        LoopFuture<StreamTransport> upgrade =
                loop.startTls(pair.ours().transport(), pair.ours().protocol(), TRUSTING);
        assertThat(pair.client().receive(1)[0]).isEqualTo((byte) 22);
        upgrade.cancel();
        assertThat(failureOf(() -> upgrade)).isInstanceOf(CancellationException.class);
        pair.ours().protocol().awaitLost();
        assertThat(pair.ours().protocol().events()).containsExactly("made", "lost");
    }

    @Test
    void tlsInsideTls() throws Exception {
        Server server = serve(new Spawned(Upgrading::new), local().withTls(SERVING));
        Connection<RecordingProtocol> outer = done(loop.createConnection(RecordingProtocol::new, to(server)));
        running.run(() -> outer.transport().write("starttls\n".getBytes()));
        outer.protocol().awaitBytes(3);
        RecordingProtocol protocol = new RecordingProtocol();
        StreamTransport inner = done(loop.startTls(outer.transport(), protocol, TRUSTING));
        BytePattern pattern = new BytePattern(279);
        running.run(() -> inner.write(pattern.bytes(0, 300_000)));
        pattern.check(0, protocol.awaitBytes(300_000), 300_000);
        running.run(inner::close);
        assertThat(protocol.awaitLost()).isNull();
    }

    // ---- C179

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_unixDomainSockets(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(loop.supports(Feature.UNIX_SOCKETS), "no Unix domain sockets here");
        Path path = directory.resolve("s");
        closing(done(loop.createUnixServer(
                RecordingProtocol::echo, UnixServerOptions.at(path).withTls(SERVING))));
        UnixConnectionOptions options = UnixConnectionOptions.to(path).withTls(TRUSTING);
        Connection<RecordingProtocol> connection =
                done(loop.createUnixConnection(RecordingProtocol::new, options));
        assertEchoes(connection, "unix");
        assertThat(connection.transport().getExtraInfo(BaseTransport.SOCKET)).isInstanceOf(SocketChannel.class);

        SocketChannel channel = closing(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        UnixConnectionOptions over = UnixConnectionOptions.over(channel).withTls(TRUSTING);
        assertEchoes(done(loop.createUnixConnection(RecordingProtocol::new, over)), "over");
    }

    private void assertEchoes(Connection<RecordingProtocol> connection, String text) throws Exception {
        running.run(() -> connection.transport().write(text.getBytes()));
        assertThat(connection.protocol().awaitBytes(text.length())).isEqualTo(text.getBytes());
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_aPathIsNoName_soOneMustBeGiven() {
        UnixConnectionOptions options = UnixConnectionOptions.to(Path.of("s"));
        assertThatThrownBy(() -> options.withTls(TlsOptions.client(AUTHORITY.trusting())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server hostname");
    }

    @Test
    void optionsOfTheOtherSide_areRefused() {
        ServerOptions server = local();
        ConnectionOptions client = to(1);
        UnixServerOptions unixServer = UnixServerOptions.at(Path.of("s"));
        UnixConnectionOptions unixClient = UnixConnectionOptions.to(Path.of("s"));
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> server.withTls(TRUSTING), () -> unixServer.withTls(TRUSTING))) {
            assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TlsOptions.server(context)");
        }
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> client.withTls(SERVING), () -> unixClient.withTls(SERVING))) {
            assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TlsOptions.client(context)");
        }
        assertThatThrownBy(() -> client.withTls(null)).isInstanceOf(NullPointerException.class);
    }
}
