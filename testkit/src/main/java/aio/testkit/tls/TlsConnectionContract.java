package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.TlsOptions;
import aio.testkit.Asyncio;
import aio.testkit.VirtualClock;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.LoopThread;
import aio.testkit.net.RecordingProtocol;
import aio.transport.BaseTransport;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import aio.transport.TlsCipher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and servers over TLS: C177, C178, C185, C270 to C277, and what can be wrong with certificates. */
@Asyncio("eventloop#loop.create_connection")
public abstract class TlsConnectionContract extends TlsContract {

    /** For subclasses. */
    protected TlsConnectionContract() {}

    private Throwable refused(ConnectionOptions options, Spawned protocols) throws Exception {
        long before = descriptors();
        Throwable failure = failureOf(() -> loop.createConnection(protocols, options));
        assertThat(protocols.first().events()).as("the client's protocol was not called").isEmpty();
        until("no connection is left", () -> loop.info().connections() == 0);
        until("no descriptor is left", () -> descriptors() <= before);
        return failure;
    }

    // ---- C270, C273

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void c270_serverAndClient_dataFlows_withExtraInfo(String version) throws Exception {
        Spawned served = Spawned.echo();
        Server server = serve(served);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        Connection<RecordingProtocol> connection =
                done(loop.createConnection(RecordingProtocol::new, to(server, TRUSTING.withSslParameters(parameters))));
        StreamTransport transport = connection.transport();
        running.run(() -> transport.write("hello".getBytes()));
        connection.protocol().awaitBytes(5);
        assertThat(connection.protocol().text()).isEqualTo("hello");
        assertThat(EventLoops.loopDirectory().connections(loop.name())).hasSize(2)
                .allSatisfy(info -> assertThat(info.tls()).contains(version));
        assertThat(connection.protocol().transport()).isSameAs(transport);
        assertThat(transport.getProtocol()).isSameAs(connection.protocol());

        TlsCipher cipher = (TlsCipher) transport.getExtraInfo(BaseTransport.CIPHER);
        assertThat(cipher.protocol()).isEqualTo(version);
        assertThat(cipher.name()).startsWith("TLS_");
        assertThat(cipher.secretBits()).isIn(128, 256);
        assertThat(transport.getExtraInfo(BaseTransport.PEERCERT)).isEqualTo(LOCALHOST.certificate());
        assertThat(transport.getExtraInfo(BaseTransport.COMPRESSION)).isNull();
        assertThat(transport.getExtraInfo(BaseTransport.SSL_OBJECT)).isInstanceOf(SSLEngine.class);
        assertThat(transport.getExtraInfo(BaseTransport.SSLCONTEXT)).isInstanceOf(SSLContext.class);
        assertThat(transport.getExtraInfo(BaseTransport.PEERNAME)).isEqualTo(addressOf(server));
        assertThat(transport.getExtraInfo(BaseTransport.ALPN_PROTOCOL)).isNull();
        assertThat(served.first().transport().getExtraInfo(BaseTransport.PEERCERT)).isNull();

        running.run(transport::close);
        assertThat(connection.protocol().awaitLost()).isNull();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).containsExactly("made", "data", "eof", "lost");
        assertThat(connection.protocol().events()).containsExactly("made", "data", "lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void c270_aClientOfTheJdk_talksToTheServer(String version) throws Exception {
        Spawned served = Spawned.echo();
        SSLSocket client = client(serve(served), version);
        client.getOutputStream().write("from the JDK".getBytes());
        assertThat(client.getInputStream().readNBytes(12)).isEqualTo("from the JDK".getBytes());
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    void c273_trustedAndMatching_byNameAndByAddress() throws Exception {
        Server server = serve(RecordingProtocol::echo);
        int port = addressOf(server).getPort();
        for (String host : List.of("localhost", "127.0.0.1")) {
            ConnectionOptions options = ConnectionOptions.to(host, port)
                    .withTls(TlsOptions.client(AUTHORITY.trusting()));
            Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::new, options));
            assertThat(connection.transport().getExtraInfo(BaseTransport.PEERCERT)).isEqualTo(LOCALHOST.certificate());
            running.run(connection.transport()::close);
            assertThat(connection.protocol().awaitLost()).isNull();
        }
    }

    // ---- C271, and certificates that are bad in other ways

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void c271_untrustedCertificate_failsTheFuture_andNoProtocolIsTold(String version) throws Exception {
        Spawned served = Spawned.echo();
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        Server server = serve(served);
        Throwable failure = refused(
                to(server, client(Identity.trustingNobody()).withSslParameters(parameters)), Spawned.echo());
        assertThat(failure)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("\"localhost\"")
                .hasMessageContaining("127.0.0.1:" + addressOf(server).getPort())
                .hasMessageContaining("certificate verify failed")
                .hasMessageContaining("not trusted")
                .hasCauseInstanceOf(SSLException.class);
        assertThat(served.first().count("data")).isZero();
    }

    @Test
    void badInput_expiredCertificate_saysSo() throws Exception {
        Identity expired = AUTHORITY.signsExpired("localhost");
        Server server = serve(Spawned.echo(), local().withTls(TlsOptions.server(expired.context(null))));
        assertThat(refused(to(server), Spawned.echo()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("has expired");
    }

    @Test
    void badInput_certificateForAnotherName_saysWhich() throws Exception {
        Identity other = AUTHORITY.signs("other.example");
        Server server = serve(Spawned.echo(), local().withTls(TlsOptions.server(other.context(null))));
        assertThat(refused(to(server), Spawned.echo()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("certificate verify failed")
                .hasMessageContaining("localhost");
    }

    @Test
    void c177_emptyServerHostname_matchesAnyName() throws Exception {
        Identity other = AUTHORITY.signs("other.example");
        Server server = serve(Spawned.echo(), local().withTls(TlsOptions.server(other.context(null))));
        Connection<RecordingProtocol> connection =
                done(loop.createConnection(RecordingProtocol::new, to(server, TRUSTING.withServerHostname(""))));
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.create_server")
    void badInput_aClientWithoutTheCertificateThatIsNeeded_isCutOff() throws Exception {
        SSLParameters needing = new SSLParameters();
        needing.setNeedClientAuth(true);
        Spawned served = Spawned.echo();
        TlsOptions options = TlsOptions.server(LOCALHOST.context(AUTHORITY)).withSslParameters(needing);
        Server server = serve(served, local().withTls(options));
        LoopFuture<Connection<RecordingProtocol>> future = loop.createConnection(RecordingProtocol::new, to(server));
        until("the handshake is over", future::isDone);
        if (future.exception() == null) { // with TLS 1.3 the client is done before the server has looked
            assertThat(done(future).protocol().awaitLost()).isInstanceOf(SSLException.class);
        } else {
            assertThat(future.exception()).isInstanceOf(SSLException.class);
        }
        assertThat(served.first().events()).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.create_server")
    void clientCertificate_isVisibleToTheServer() throws Exception {
        SSLParameters needing = new SSLParameters();
        needing.setNeedClientAuth(true);
        Identity person = AUTHORITY.signs("person");
        Spawned served = Spawned.echo();
        TlsOptions options = TlsOptions.server(LOCALHOST.context(AUTHORITY)).withSslParameters(needing);
        Server server = serve(served, local().withTls(options));
        SSLSocket client = client(server, person.context(AUTHORITY));
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
        assertThat(served.first().transport().getExtraInfo(BaseTransport.PEERCERT)).isEqualTo(person.certificate());
        client.close();
    }

    @Test
    void alpn_isAgreedOn_orFails() throws Exception {
        SSLParameters serving = new SSLParameters();
        serving.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        Spawned served = Spawned.echo();
        Server server = serve(served, local().withTls(SERVING.withSslParameters(serving)));
        SSLParameters asking = new SSLParameters();
        asking.setApplicationProtocols(new String[] {"http/1.1"});
        Connection<RecordingProtocol> connection =
                done(loop.createConnection(RecordingProtocol::new, to(server, TRUSTING.withSslParameters(asking))));
        assertThat(connection.transport().getExtraInfo(BaseTransport.ALPN_PROTOCOL)).isEqualTo("http/1.1");
        assertThat(served.first().transport().getExtraInfo(BaseTransport.ALPN_PROTOCOL)).isEqualTo("http/1.1");
        running.run(connection.transport()::close);
        connection.protocol().awaitLost();

        asking.setApplicationProtocols(new String[] {"gopher"});
        assertThat(refused(to(server, TRUSTING.withSslParameters(asking)), Spawned.echo()))
                .isInstanceOf(SSLException.class);
    }

    // ---- C274 to C277: handshakes that do not come to an end

    @Test
    void c274_silentServer_isAborted() throws Exception {
        ServerSocketChannel silent = closing(ServerSocketChannel.open()).bind(new InetSocketAddress("127.0.0.1", 0));
        ConnectionOptions options = to(((InetSocketAddress) silent.getLocalAddress()).getPort(),
                TRUSTING.withSslHandshakeTimeout(Duration.ofMillis(100)));
        assertThat(refused(options, Spawned.echo()))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("SSL handshake is taking longer than 0.1 seconds: aborting the connection");
    }

    @Test
    @Asyncio("eventloop#loop.create_server")
    void c274_silentClient_isAborted_andTheServerContinues() throws Exception {
        VirtualClock clock = VirtualClock.paused();
        LoopThread timed =
                closing(LoopThread.start(newPolicy().newEventLoop(LoopOptions.defaults().withClock(clock))));
        Spawned served = Spawned.echo();
        Server server = closing(done(timed.loop().createServer(served,
                local().withTls(SERVING.withSslHandshakeTimeout(Duration.ofHours(2))))));
        BlockingClient silent = closing(BlockingClient.connect(addressOf(server)));
        until("it is accepted", () -> timed.loop().info().connections() == 1);
        clock.advance(Duration.ofHours(2)).get(10, TimeUnit.SECONDS);
        silent.receiveAll(); // an alert, and the end
        assertThat(served.first().events()).isEmpty();
        client(server).close();
    }

    @Test
    void c274_timeoutsMustBePositive() {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> TRUSTING.withSslHandshakeTimeout(bad))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SERVING.withSslShutdownTimeout(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("positive");
        }
    }

    @Test
    void c275_peerThatClosesDuringTheHandshake_isAReset() throws Exception {
        ServerSocket listener = closing(new ServerSocket(0));
        Spawned protocols = Spawned.echo();
        LoopFuture<Connection<RecordingProtocol>> future =
                loop.createConnection(protocols, to(listener.getLocalPort()));
        Socket accepted = closing(listener.accept());
        assertThat(accepted.getInputStream().read()).isEqualTo(22); // the greeting has begun
        accepted.shutdownOutput();
        assertThat(failureOf(() -> future)).isInstanceOf(SocketException.class)
                .hasMessageContaining("Connection reset");
        assertThat(protocols.first().events()).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.create_server")
    void c275_clientThatClosesOrResetsDuringTheHandshake_isNoNews() throws Exception {
        Spawned served = Spawned.echo();
        Server server = serve(served);
        BlockingClient closes = closing(BlockingClient.connect(addressOf(server)));
        closes.send(new byte[] {22, 3, 1});
        closes.close();
        BlockingClient resets = closing(BlockingClient.connect(addressOf(server)));
        until("it is accepted", () -> served.all().size() == 2);
        resets.reset();
        until("both are gone", () -> loop.info().connections() == 0);
        assertThat(served.all()).allSatisfy(each -> assertThat(each.events()).isEmpty());
        client(server).close();
    }

    @Test
    void c277_closingDuringTheHandshake_aborts() throws Exception {
        Spawned served = Spawned.echo();
        Server server = serve(served);
        BlockingClient silent = closing(BlockingClient.connect(addressOf(server)));
        until("it is accepted", () -> served.all().size() == 1);
        server.closeClients();
        silent.receiveAll();
        until("it is gone", () -> loop.info().connections() == 0);
        assertThat(served.first().events()).isEmpty();
    }

    @Test
    void cancelledDuringTheHandshake_isGivenUp() throws Exception {
        ServerSocket listener = closing(new ServerSocket(0));
        Spawned protocols = Spawned.echo();
        LoopFuture<Connection<RecordingProtocol>> future =
                loop.createConnection(protocols, to(listener.getLocalPort()));
        Socket accepted = closing(listener.accept());
        assertThat(accepted.getInputStream().read()).isEqualTo(22);
        assertThat(future.cancel()).isTrue();
        assertThat(failureOf(() -> future)).isInstanceOf(CancellationException.class);
        until("it is given up", () -> loop.info().connections() == 0);
        assertThat(protocols.first().events()).isEmpty();
    }

    // ---- plain text where TLS is spoken, and the reverse

    @Test
    @Asyncio("eventloop#loop.create_server")
    void badInput_plainTextToATlsPort_isCutOff() throws Exception {
        Spawned served = Spawned.echo();
        Server server = serve(served);
        BlockingClient plain = closing(BlockingClient.connect(addressOf(server)));
        plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        byte[] answer = plain.receiveAll();
        assertThat(answer.length == 0 || answer[0] == 21).as("an alert or nothing").isTrue();
        assertThat(served.first().events()).isEmpty();
        client(server).close();
    }

    @Test
    void badInput_plainServer_isNamed() throws Exception {
        Server plain = serve(() -> new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport transport) {
                transport.write("220 welcome to the plain text server\r\n".getBytes());
            }
        }, local());
        assertThat(refused(to(plain), Spawned.echo()))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("does not speak TLS");
    }

    @Test
    @Asyncio("eventloop#loop.set_debug")
    void debugMode_tellsTheHandlerOfFailedHandshakes() throws Exception {
        running.run(() -> loop.setDebug(true));
        Server server = serve(Spawned.echo());
        BlockingClient plain = closing(BlockingClient.connect(addressOf(server)));
        plain.send("this is not TLS\r\n");
        plain.receiveAll();
        until("the handler is told", () -> !reports().isEmpty());
        assertThat(reports().get(0).message()).isEqualTo("Error on transport creation for incoming connection");
        assertThat(reports().get(0).exception()).isInstanceOf(SSLException.class);
    }

    // ---- C177, C178, C185: arguments, accepted sockets

    @Test
    void c177_tlsOverAChannel_needsAServerHostname() throws Exception {
        Server server = serve(RecordingProtocol::echo);
        SocketChannel channel = closing(SocketChannel.open(addressOf(server)));
        ConnectionOptions options =
                ConnectionOptions.over(channel).withTls(TlsOptions.client(AUTHORITY.trusting()));
        assertThatThrownBy(() -> loop.createConnection(RecordingProtocol::new, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server hostname");
        Connection<RecordingProtocol> connection =
                done(loop.createConnection(RecordingProtocol::new, options.withTls(TRUSTING)));
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.connect_accepted_socket")
    void c178_anAcceptedSocket_isServedOverTls() throws Exception {
        ServerSocketChannel listener = closing(ServerSocketChannel.open()).bind(new InetSocketAddress("127.0.0.1", 0));
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        LoopFuture<Connection<RecordingProtocol>> client = loop.createConnection(RecordingProtocol::new, to(port));
        Connection<RecordingProtocol> served =
                done(loop.connectAcceptedSocket(RecordingProtocol::echo, listener.accept(), SERVING));
        running.run(() -> client.result().transport().write("accepted".getBytes()));
        assertThat(client.result().protocol().awaitBytes(8)).isEqualTo("accepted".getBytes());
        running.run(served.transport()::close);
        assertThat(served.protocol().awaitLost()).isNull();
    }

    @Test
    void c178_c185_argumentRules() throws Exception {
        SocketChannel channel = closing(SocketChannel.open());
        assertThatThrownBy(() -> loop.connectAcceptedSocket(RecordingProtocol::new, channel, TRUSTING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SERVING.withServerHostname("x"))
                .isInstanceOf(IllegalArgumentException.class);
        SSLParameters unknown = new SSLParameters(null, new String[] {"TLSv9"});
        ConnectionOptions options = to(1, TRUSTING.withSslParameters(unknown));
        assertThatThrownBy(() -> loop.createConnection(RecordingProtocol::new, options))
                .isInstanceOf(IllegalArgumentException.class);
        SSLContext raw = SSLContext.getInstance("TLS");
        assertThatThrownBy(() -> loop.createServer(RecordingProtocol::new, local().withTls(TlsOptions.server(raw))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parametersAreCopied() throws IOException {
        SSLParameters given = new SSLParameters();
        given.setApplicationProtocols(new String[] {"h2"});
        TlsOptions options = TRUSTING.withSslParameters(given);
        given.setApplicationProtocols(new String[] {"other"});
        options.sslParameters().setApplicationProtocols(new String[] {"third"});
        assertThat(options.sslParameters().getApplicationProtocols()).containsExactly("h2");
    }
}
