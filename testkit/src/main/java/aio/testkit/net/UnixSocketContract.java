package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.UnixConnectionOptions;
import aio.loop.UnixServerOptions;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.Connection;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix domain sockets: cases C179 and C195. */
@Asyncio("eventloop#loop.create_unix_server")
public abstract class UnixSocketContract extends NetContract {
    @TempDir
    Path directory;

    private Path path;

    /** For subclasses. */
    protected UnixSocketContract() {}

    @BeforeEach
    final void choosePath() {
        Assumptions.assumeTrue(loop.supports(Feature.UNIX_SOCKETS), "no Unix domain sockets here");
        path = directory.resolve("s");
    }

    private SocketChannel connectTo(Path target) throws IOException {
        return closing(SocketChannel.open(UnixDomainSocketAddress.of(target)));
    }

    private static String exchange(SocketChannel channel, String text) throws IOException {
        channel.write(StandardCharsets.ISO_8859_1.encode(text));
        ByteBuffer answer = ByteBuffer.allocate(text.length());
        while (answer.hasRemaining() && channel.read(answer) >= 0) {
            continue;
        }
        return StandardCharsets.ISO_8859_1.decode(answer.flip()).toString();
    }

    private Server serveUnix(Spawn<RecordingProtocol> protocols) {
        return closing(done(loop.createUnixServer(protocols, path)));
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_unixConnection_worksAsTcp() throws Exception {
        Spawn<RecordingProtocol> served = Spawn.echo();
        serveUnix(served);
        Connection<RecordingProtocol> connection = done(loop.createUnixConnection(RecordingProtocol::new, path));
        running.run(() -> connection.transport().write("hello".getBytes(StandardCharsets.ISO_8859_1)));
        connection.protocol().awaitBytes(5);
        assertThat(connection.protocol().text()).isEqualTo("hello");
        running.run(() -> connection.transport().close());
        assertThat(connection.protocol().awaitLost()).isNull();
        assertThat(served.nth(0).awaitLost()).isNull();
        assertThat(served.nth(0).events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_aMissingPath_isAFileNotFoundError() {
        assertThat(failureOf(() -> loop.createUnixConnection(RecordingProtocol::new, path)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_argumentRules() {
        assertThatThrownBy(() -> loop.createUnixConnection(RecordingProtocol::new, (Path) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createUnixConnection(null, path)).isInstanceOf(NullPointerException.class);
    }

    /** Makes a server that accepts nothing, with so many connections that no other one fits. */
    private ServerSocketChannel fullServer() throws IOException {
        ServerSocketChannel server = closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        server.bind(UnixDomainSocketAddress.of(path), 1);
        boolean full = false;
        for (int i = 0; i < 100 && !full; i++) {
            SocketChannel filling = closing(SocketChannel.open(StandardProtocolFamily.UNIX));
            filling.configureBlocking(false);
            try {
                full = !filling.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                full = true;
            }
        }
        Assumptions.assumeTrue(full, "this system takes any number of connections");
        return server;
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void aConnect_waitsForAFullBacklog_withoutAThread() throws Exception {
        ServerSocketChannel server = fullServer();
        LoopFuture<Connection<RecordingProtocol>> waiting =
                loop.createUnixConnection(RecordingProtocol::new, path);
        running.turns(3);
        assertThat(waiting.isDone()).isFalse();
        assertThat(Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey() != running.thread()) // it tries again now and then
                .map(Map.Entry::getValue))
                .noneMatch(stack -> Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("connect")));

        server.configureBlocking(false);
        Await.until("the connect is made", () -> {
            SocketChannel accepted = server.accept();
            if (accepted != null) {
                closing(accepted);
            }
            return waiting.isDone();
        });
        assertThat(done(waiting).protocol().events()).containsExactly("made");
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void connectsThatWereGivenUp_holdNothing() throws Exception {
        fullServer();
        long before = descriptors();
        for (int i = 0; i < 100; i++) {
            LoopFuture<?> waiting = loop.createUnixConnection(RecordingProtocol::new, path);
            running.turns(1);
            assertThat(waiting.isDone()).isFalse();
            running.run(waiting::cancel);
        }
        Await.until("all sockets are closed", () -> descriptors() <= before);
        assertThat(done(loop.runInExecutor(() -> "ran"))).isEqualTo("ran");
    }

    /** Returns how many descriptors are open, 0 where the system does not tell. */
    private static long descriptors() throws IOException {
        Path all = Path.of("/proc/self/fd");
        if (!Files.isDirectory(all)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(all)) {
            return open.count();
        }
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void aConnectThatWaits_failsWhenTheServerGoes() throws Exception {
        ServerSocketChannel server = fullServer();
        LoopFuture<?> waiting = loop.createUnixConnection(RecordingProtocol::new, path);
        running.turns(3);
        server.close();
        assertThat(failureOf(() -> waiting)).hasMessageContainingAll("Connect call failed", path.toString());
    }

    @Test
    void c195_aStaleSocketFile_isReplaced() throws Exception {
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists(); // the JDK leaves it in place
        serveUnix(Spawn.echo());
        assertThat(exchange(connectTo(path), "fresh")).isEqualTo("fresh");
    }

    @Test
    void c195_aRegularFile_isNotReplaced() throws Exception {
        Files.writeString(path, "precious");
        assertThat(failureOf(() -> loop.createUnixServer(RecordingProtocol::new, path)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("already in use");
        assertThat(path).hasContent("precious");
    }

    @Test
    void c195_aNamedPipe_isNotReplaced() throws Exception {
        Assumptions.assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("unix"));
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        Object before = Files.getAttribute(path, "unix:ino");
        assertThat(failureOf(() -> loop.createUnixServer(RecordingProtocol::new, path)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("already in use");
        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(before);
    }

    @Test
    void c195_aLinkToASocket_andAFolder_areNotReplaced() throws Exception {
        Server server = serveUnix(Spawn.echo());
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        for (Path taken : List.of(link, directory)) {
            assertThat(failureOf(() -> loop.createUnixServer(RecordingProtocol::new, taken)))
                    .isInstanceOf(BindException.class);
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(exchange(connectTo(path), "still")).isEqualTo("still");
        assertThat(server.isServing()).isTrue();
    }

    @Test
    void c195_theFileOfABoundChannel_isRemovedToo() throws Exception {
        ServerSocketChannel bound = closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        bound.bind(UnixDomainSocketAddress.of(path));
        Server server = closing(done(loop.createUnixServer(RecordingProtocol::echo, UnixServerOptions.on(bound))));
        assertThat(exchange(connectTo(path), "bound")).isEqualTo("bound");
        server.close();
        Await.until("the file is removed", () -> !Files.exists(path));
        Await.until("the loop owned the channel", () -> !bound.isOpen());
    }

    @Test
    void c195_aNewerServer_keepsItsFile() throws Exception {
        Server older = serveUnix(Spawn.echo());
        Server newer = serveUnix(Spawn.echo());
        older.close();
        done(older.waitClosed());
        running.turns(2);
        assertThat(exchange(connectTo(path), "newer")).isEqualTo("newer");
        newer.close();
        Await.until("the file is removed", () -> !Files.exists(path));
    }

    @Test
    void c195_options_areKept() throws Exception {
        UnixServerOptions options =
                UnixServerOptions.at(path).withBacklog(1).withStartServing(false).withCleanUp(false);
        Server server = closing(done(loop.createUnixServer(RecordingProtocol::echo, options)));
        assertThat(server.isServing()).isFalse();
        SocketChannel early = connectTo(path);
        done(server.startServing());
        assertThat(exchange(early, "late")).isEqualTo("late");
        early.close();
        server.close();
        done(server.waitClosed());
        running.turns(2);
        assertThat(path).exists();
    }

    @Test
    void c195_options_thatMakeNoSense_areRefused() throws Exception {
        UnixServerOptions options = UnixServerOptions.at(path);
        assertThatThrownBy(() -> options.withBacklog(0)).isInstanceOf(IllegalArgumentException.class);
        ServerSocketChannel unbound = closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        assertThat(failureOf(() -> loop.createUnixServer(RecordingProtocol::new, UnixServerOptions.on(unbound))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_connection")
    void c179_overAChannelThatIsConnectedAlready() throws Exception {
        serveUnix(Spawn.echo());
        SocketChannel channel = closing(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        Connection<RecordingProtocol> connection =
                done(loop.createUnixConnection(RecordingProtocol::new, UnixConnectionOptions.over(channel)));
        running.run(() -> connection.transport().write("over".getBytes()));
        assertThat(connection.protocol().awaitBytes(4)).isEqualTo("over".getBytes());
        assertThat(connection.transport().remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
        running.run(connection.transport()::close);
        SocketChannel unconnected = closing(SocketChannel.open(StandardProtocolFamily.UNIX));
        assertThat(failureOf(() -> loop.createUnixConnection(
                RecordingProtocol::new, UnixConnectionOptions.over(unconnected))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not connected");
        assertThatThrownBy(() -> UnixConnectionOptions.to(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void c195_theFileIsRemoved_whenTheServerCloses() throws Exception {
        Server server = serveUnix(Spawn.echo());
        assertThat(server.addresses()).containsExactly(UnixDomainSocketAddress.of(path));
        server.close();
        Await.until("the file is removed", () -> !Files.exists(path));
    }

    @Test
    void c195_aFileThatAnotherProcessMadeMeanwhile_stays() throws Exception {
        Server server = serveUnix(Spawn.echo());
        Files.delete(path);
        Files.writeString(path, "other");
        server.close();
        done(server.waitClosed());
        running.turns(2);
        assertThat(path).hasContent("other");
    }

    @Test
    void c195_argumentRules() {
        assertThatThrownBy(() -> loop.createUnixServer(RecordingProtocol::new, (Path) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createUnixServer(null, path)).isInstanceOf(NullPointerException.class);
    }
}
