package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.VirtualClock;
import aio.transport.StreamProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers: cases C181 to C194, and bad input. */
@Asyncio("eventloop#loop.create_server")
public abstract class ServerContract extends NetContract {
    private static final int MANY_BYTES = 4 * 1024 * 1024;

    /** For subclasses. */
    protected ServerContract() {}

    private static boolean has(String address) throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    }

    @Test
    void c181_aHostNamedTwice_isBoundOnce() {
        List<String> hosts = List.of("127.0.0.1", "127.0.0.1");
        Server server = closing(done(loop.createServer(RecordingProtocol::new, ServerOptions.at(hosts, 0))));
        assertThat(server.sockets()).hasSize(1);
        assertThat(server.addresses()).hasSize(1);
    }

    @Test
    @Asyncio("eventloop#Server.sockets")
    void port_isWhatPortZeroHasBecome_untilTheServerIsClosed() {
        Server server = serve(RecordingProtocol::echo);
        assertThat(server.port()).isEqualTo(addressOf(server).getPort()).isPositive();
        assertThat(loop.createServer(RecordingProtocol::new, "127.0.0.1", 0).thenApply(this::closing)
                .thenApply(Server::port).join()).isPositive();
        running.run(server::close);
        assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed").hasMessageContaining("no TCP port");
    }

    @Test
    void protocolOfALambda_repliesToWhatArrives() throws Exception {
        Server server = serve(() -> StreamProtocol.of((transport, data) -> {
            transport.write(new byte[] {'>'});
            transport.write(data);
        }));
        BlockingClient client = connect(server);
        client.send("hello");
        assertThat(client.receiveText(6)).isEqualTo(">hello");
        assertThatThrownBy(() -> StreamProtocol.of(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void c181_severalHosts_areAllServed() throws Exception {
        assumeThat(has("::1")).as("IPv6 loopback").isTrue();
        List<String> hosts = List.of("127.0.0.1", "::1", "127.0.0.1");
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, ServerOptions.at(hosts, 0))));
        assertThat(server.addresses()).hasSize(2);
        for (var address : server.addresses()) {
            BlockingClient client = closing(BlockingClient.connect(address));
            client.send("x");
            assertThat(client.receiveText(1)).isEqualTo("x");
        }
    }

    @Test
    void c182_theEmptyHost_isAllInterfaces() throws Exception {
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, "", 0)));
        assertThat(addressOf(server).getAddress().isAnyLocalAddress()).isTrue();
        BlockingClient client =
                closing(BlockingClient.connect(new InetSocketAddress("127.0.0.1", addressOf(server).getPort())));
        client.send("four");
        assertThat(client.receiveText(4)).isEqualTo("four");
    }

    @Test
    void c182_theEmptyHost_acceptsIpv6OnTheSamePort() throws Exception {
        assumeThat(has("::1")).as("IPv6 loopback").isTrue();
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, "", 0)));
        BlockingClient client =
                closing(BlockingClient.connect(new InetSocketAddress("::1", addressOf(server).getPort())));
        client.send("six");
        assertThat(client.receiveText(3)).isEqualTo("six");
    }

    @Test
    void c182_theIpv4Wildcard_isIpv4Only() throws Exception {
        assumeThat(has("::1")).as("IPv6 loopback").isTrue();
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, "0.0.0.0", 0)));
        int port = addressOf(server).getPort();
        assertThat(server.addresses()).containsExactly(new InetSocketAddress("0.0.0.0", port));
        assertThatThrownBy(() -> BlockingClient.connect(new InetSocketAddress("::1", port)))
                .hasRootCauseInstanceOf(ConnectException.class);
        BlockingClient client = closing(BlockingClient.connect(new InetSocketAddress("127.0.0.1", port)));
        client.send("four");
        assertThat(client.receiveText(4)).isEqualTo("four");
    }

    @Test
    void c182_bothWildcards_areOneSocket() throws Exception {
        assumeThat(has("::1")).as("IPv6 loopback").isTrue();
        List<String> hosts = List.of("0.0.0.0", "::");
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, ServerOptions.at(hosts, 0))));
        int port = addressOf(server).getPort();
        assertThat(server.addresses()).containsExactly(new InetSocketAddress("::", port));
        for (String from : List.of("127.0.0.1", "::1")) {
            BlockingClient client = closing(BlockingClient.connect(new InetSocketAddress(from, port)));
            client.send("x");
            assertThat(client.receiveText(1)).isEqualTo("x");
        }
    }

    @Test
    void c183_badInput_anAddressInUse_isABindErrorThatNamesIt() throws Exception {
        InetSocketAddress taken = (InetSocketAddress) listen().getLocalAddress();
        assertThat(failureOf(() -> loop.createServer(RecordingProtocol::new, "127.0.0.1", taken.getPort())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining(String.valueOf(taken.getPort()));
        serve(RecordingProtocol::new); // the loop continues
    }

    @Test
    void c183_aFailedBind_closesTheSocketsMadeSoFar() throws Exception {
        assumeThat(has("::1")).as("IPv6 loopback").isTrue();
        int port = ((InetSocketAddress) listen().getLocalAddress()).getPort();
        ServerOptions options = ServerOptions.at(List.of("::1", "127.0.0.1"), port);
        long before = Descriptors.count();
        assertThat(failureOf(() -> loop.createServer(RecordingProtocol::new, options)))
                .isInstanceOf(BindException.class);
        Await.until("the descriptors are closed", () -> Descriptors.count() <= before);
        assertThat(loop.info().listeners()).isZero();
    }

    @Test
    void c185_argumentRules() throws Exception {
        ServerSocketChannel unbound = closing(ServerSocketChannel.open());
        assertThat(failureOf(() -> loop.createServer(RecordingProtocol::new, ServerOptions.on(unbound))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerOptions.at(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerOptions.at("", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerOptions.at("", 0).withBacklog(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void c185_aBoundChannel_isServed() throws Exception {
        ServerSocketChannel bound = listen();
        Server server = closing(done(loop.createServer(RecordingProtocol::echo, ServerOptions.on(bound))));
        assertThat(server.addresses()).containsExactly(bound.getLocalAddress());
        BlockingClient client = connect(server);
        client.send("bound");
        assertThat(client.receiveText(5)).isEqualTo("bound");
        server.close();
        Await.until("the loop owned the channel", () -> !bound.isOpen());
    }

    @Test
    void c186_reusePort_isSetOnlyWhenAsked() throws Exception {
        Server plain = serve(RecordingProtocol::new);
        ServerOptions shared = ServerOptions.at("127.0.0.1", 0).withReusePort(true);
        if (plain.sockets().get(0).supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            assertThat(plain.sockets().get(0).getOption(StandardSocketOptions.SO_REUSEPORT)).isFalse();
            Server first = closing(done(loop.createServer(RecordingProtocol::new, shared)));
            assertThat(first.sockets().get(0).getOption(StandardSocketOptions.SO_REUSEPORT)).isTrue();
            ServerOptions same = ServerOptions.at("127.0.0.1", addressOf(first).getPort()).withReusePort(true);
            closing(done(loop.createServer(RecordingProtocol::new, same)));
        } else {
            assertThat(failureOf(() -> loop.createServer(RecordingProtocol::new, shared)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Asyncio("eventloop#Server.close")
    void c187_close_refusesConnects_andKeepsConnections() throws Exception {
        Server server = serve(RecordingProtocol::echo);
        InetSocketAddress address = addressOf(server);
        BlockingClient client = connect(server);
        client.send("a");
        assertThat(client.receiveText(1)).isEqualTo("a");
        assertThat(server.isServing()).isTrue();

        running.run(() -> {
            server.close();
            assertThat(server.sockets()).isEmpty();
            assertThat(server.addresses()).isEmpty();
            assertThat(server.isServing()).isFalse();
            server.close();
        });
        running.turns(1); // the kernel still listens until the engine has forgotten the socket

        assertThatThrownBy(() -> BlockingClient.connect(address))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ConnectException.class);
        client.send("b");
        assertThat(client.receiveText(1)).isEqualTo("b");
    }

    @Test
    @Asyncio("eventloop#Server.close")
    void c187_close_whileTheLoopDoesNotRun_refusesConnectsAtOnce() {
        EventLoop idle = policy().newEventLoop();
        Server server = idle.createServer(RecordingProtocol::new, "127.0.0.1", 0).join();
        InetSocketAddress address = addressOf(server);
        server.close();
        assertThatThrownBy(() -> BlockingClient.connect(address))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ConnectException.class);
        idle.close();
    }

    @Test
    @Asyncio("eventloop#Server.close")
    void c187_close_fromAnotherThread_happensSoon() {
        Server server = serve(RecordingProtocol::new);
        ServerSocketChannel channel = server.sockets().get(0);
        server.close();
        server.close();
        Await.until("the channel is closed", () -> !channel.isOpen());
        Await.until("the server is closed", () -> server.sockets().isEmpty() && !server.isServing());
    }

    @Test
    @Asyncio("eventloop#Server.start_serving")
    void c187_withoutStartServing_connectsWait() throws Exception {
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withStartServing(false);
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        Server server = closing(done(loop.createServer(protocols, options)));
        assertThat(server.isServing()).isFalse();
        BlockingClient client = connect(server);
        running.turns(3);
        assertThat(protocols.count()).isZero();
        done(server.startServing());
        done(server.startServing());
        assertThat(server.isServing()).isTrue();
        client.send("c");
        assertThat(client.receiveText(1)).isEqualTo("c");
    }

    @Test
    @Asyncio("eventloop#Server.serve_forever")
    void c189_serveForever_cancelled_closesTheServer() {
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withStartServing(false);
        Server server = closing(done(loop.createServer(RecordingProtocol::new, options)));
        LoopFuture<Void> serving = server.serveForever();
        Await.until("it serves", server::isServing);
        assertThat(serving.isDone()).isFalse();
        assertThat(failureOf(server::serveForever)).isInstanceOf(IllegalStateException.class);
        assertThat(serving.isDone()).isFalse();

        serving.cancel();
        assertThatThrownBy(serving::join).isInstanceOf(CancellationException.class);
        Await.until("the server is closed", () -> server.sockets().isEmpty() && !server.isServing());
        done(server.waitClosed());
    }

    @Test
    @Asyncio("eventloop#Server.serve_forever")
    void c189_close_endsServeForever() {
        Server server = serve(RecordingProtocol::new);
        LoopFuture<Void> serving = server.serveForever();
        server.close();
        assertThat(failureOf(() -> serving)).isInstanceOf(CancellationException.class);
    }

    @Test
    @Asyncio("eventloop#Server.serve_forever")
    void c189_onAClosedServer_serving_isRefused() {
        Server server = serve(RecordingProtocol::new);
        server.close();
        assertThat(failureOf(server::serveForever))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        assertThat(failureOf(server::startServing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    @Asyncio("eventloop#Server.wait_closed")
    void c190_waitClosed_openAndIdle_waits() {
        Server server = serve(RecordingProtocol::new);
        LoopFuture<Void> first = server.waitClosed();
        LoopFuture<Void> second = server.waitClosed();
        running.turns(3);
        assertThat(first.isDone()).isFalse();
        server.close();
        done(first);
        done(second);
        done(server.waitClosed());
    }

    @Test
    @Asyncio("eventloop#Server.wait_closed")
    void c190_waitClosed_whileConnected_waits() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = serve(protocols);
        BlockingClient client = connect(server);
        protocols.nth(0).transport();
        LoopFuture<Void> closed = server.waitClosed();
        running.turns(3);
        assertThat(closed.isDone()).as("open and connected").isFalse();
        server.close();
        running.turns(3);
        assertThat(closed.isDone()).as("closed but connected").isFalse();
        client.close();
        done(closed);
        assertThat(protocols.nth(0).events()).contains("lost");
    }

    @Test
    @Asyncio("eventloop#Server.close_clients")
    void c191_closeClients_letsWaitClosedFinish_withinTwoTurns() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = serve(protocols);
        BlockingClient client = connect(server);
        protocols.nth(0).transport();
        assertFinishedWithinTwoTurns(server, server::closeClients);
        assertThat(protocols.nth(0).awaitLost()).isNull();
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    @Asyncio("eventloop#Server.abort_clients")
    void c191_abortClients_letsWaitClosedFinish_evenWithUnsentData() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = serve(protocols);
        closing(BlockingClient.connect(addressOf(server), 4096)); // never reads
        RecordingProtocol protocol = protocols.nth(0);
        running.run(() -> {
            shrinkBuffers(protocol.transport());
            protocol.transport().write(new byte[MANY_BYTES]);
            assertThat(protocol.transport().getWriteBufferSize()).isPositive();
        });
        assertFinishedWithinTwoTurns(server, server::abortClients);
        assertThat(protocol.awaitLost()).isNull();
    }

    private void assertFinishedWithinTwoTurns(Server server, Runnable end) {
        LoopFuture<Void> closed = running.call(() -> {
            server.close();
            LoopFuture<Void> waiting = server.waitClosed();
            end.run();
            return waiting;
        });
        running.turns(2);
        assertThat(closed.isDone()).isTrue();
    }

    @Test
    void c193_outOfDescriptors_pausesAccepting_forASecond() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        VirtualClock clock = VirtualClock.paused();
        EventLoop scripted = start(loopOn(driver, clock)).loop();
        Server server = closing(done(scripted.createServer(RecordingProtocol::new, "127.0.0.1", 0)));
        ScriptedListener listener = driver.listener(0);
        Await.until("it accepts", listener::isAccepting);
        listener.fail(new IOException("Too many open files"));
        assertThat(reports.awaitOnly().message()).contains("socket.accept() out of system resource");
        clock.advance(Duration.ofMillis(999)).get(10, TimeUnit.SECONDS);
        assertThat(listener.isAccepting()).isFalse();
        clock.advance(Duration.ofMillis(1)).get(10, TimeUnit.SECONDS);
        assertThat(listener.isAccepting()).isTrue();
        assertThat(listener.channel().isOpen()).isTrue();
        assertThat(server.isServing()).isTrue();
    }

    @Test
    void c193_closedWhileAcceptingIsPaused_staysClosed() throws Exception {
        ScriptedDriver driver = new ScriptedDriver();
        VirtualClock clock = VirtualClock.paused();
        LoopThread scripted = start(loopOn(driver, clock));
        Server server = closing(done(scripted.loop().createServer(RecordingProtocol::new, "127.0.0.1", 0)));
        driver.listener(0).fail(new IOException("Too many open files"));
        reports.awaitOnly();
        server.close();
        clock.advance(Duration.ofHours(1)).get(10, TimeUnit.SECONDS);
        assertThat(driver.listener(0).isAccepting()).isFalse();
        assertThat(reports.sofar()).hasSize(1);
    }

    @Test
    @Asyncio("eventloop#Server.get_loop")
    void c194_getLoop_isTheLoop() {
        assertThat(serve(RecordingProtocol::new).getLoop()).isSameAs(loop);
    }

    @Test
    void acceptedConnections_areToldApart() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        Server server = serve(protocols);
        for (int i = 0; i < 200; i++) {
            BlockingClient client = connect(server);
            client.send(i + ";");
            assertThat(client.receiveText((i + ";").length())).isEqualTo(i + ";");
        }
        assertThat(protocols.count()).isEqualTo(200);
        assertThat(loop.info().connections()).isEqualTo(200);
    }

    @Test
    void badInput_nullArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> loop.createServer(null, "127.0.0.1", 0)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createServer(RecordingProtocol::new, (ServerOptions) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ServerOptions.on(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void badInput_aClosedLoop_saysSo() {
        running.close();
        assertThat(failureOf(() -> loop.createServer(RecordingProtocol::new, "127.0.0.1", 0)))
                .isInstanceOf(LoopClosedException.class)
                .hasMessageContaining(loop.name());
    }

    @Test
    void badInput_closingTheLoop_closesItsServersAndConnections() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = serve(protocols);
        ServerSocketChannel channel = server.sockets().get(0);
        BlockingClient client = connect(server);
        protocols.nth(0).transport();
        running.close();
        assertThat(channel.isOpen()).isFalse();
        assertThat(client.isAtEnd()).isTrue();
        server.close(); // harmless
    }

    @Test
    void badInput_aFactoryThatReturnsNull_isReported_andServingContinues() throws Exception {
        Spawn<RecordingProtocol> good = Spawn.echo();
        int[] calls = new int[1];
        Server server = serve(() -> calls[0]++ == 0 ? null : good.get());
        BlockingClient refused = connect(server);
        assertThat(refused.isAtEnd()).isTrue();
        assertThat(reports.awaitOnly().exception())
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("returned null");
        BlockingClient served = connect(server);
        served.send("d");
        assertThat(served.receiveText(1)).isEqualTo("d");
    }

    @Test
    void badInput_aFactoryThatThrows_isReported_andServingContinues() throws Exception {
        RuntimeException thrown = new IllegalArgumentException("no protocol today");
        int[] calls = new int[1];
        Server server = serve(() -> {
            if (calls[0]++ == 0) {
                throw thrown;
            }
            return RecordingProtocol.echo();
        });
        assertThat(connect(server).isAtEnd()).isTrue();
        assertThat(reports.awaitOnly().exception()).isSameAs(thrown);
        BlockingClient served = connect(server);
        served.send("e");
        assertThat(served.receiveText(1)).isEqualTo("e");
    }
}
