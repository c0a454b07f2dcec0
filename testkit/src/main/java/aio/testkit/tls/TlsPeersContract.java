package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.FreePort;
import aio.testkit.net.RecordingProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign TLS on the other side: the programs of OpenSSL, and curl. */
@Asyncio("eventloop#loop.create_server")
public abstract class TlsPeersContract extends TlsContract {
    private static final System.Logger LOG = System.getLogger("aio.testkit");

    @TempDir
    Path files;

    private final List<Process> children = new ArrayList<>();

    /** For subclasses. */
    protected TlsPeersContract() {}

    @AfterEach
    final void endChildren() {
        children.forEach(Process::destroyForcibly);
    }

    /** Starts a program, or aborts the test with a message that cannot be overlooked. */
    private Process start(String... command) throws Exception {
        if (!isInstalled(command[0])) {
            LOG.log(Level.WARNING, "##### NOT TESTED: TLS against \"" + command[0]
                    + "\", which is not installed here #####");
            Assumptions.abort("\"" + command[0] + "\" is not installed: install it to test TLS against it");
        }
        Path output = files.resolve("output" + children.size());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        children.add(child);
        return child;
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private String output(Process child) throws IOException {
        return Files.readString(files.resolve("output" + children.indexOf(child)), StandardCharsets.ISO_8859_1);
    }

    private void awaitOutput(Process child, String text) throws Exception {
        try {
            until("\"" + text + "\"", () -> output(child).contains(text));
        } catch (AssertionError e) {
            throw new AssertionError("\"" + text + "\" is not in: " + output(child), e);
        }
    }

    private static void say(Process child, String text) throws IOException {
        OutputStream in = child.getOutputStream();
        in.write(text.getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
    }

    private Process openssl(Server server, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client",
                "-connect", "127.0.0.1:" + addressOf(server).getPort(),
                "-CAfile", AUTHORITY.writeCertificate(files.resolve("authority.pem")).toString(),
                "-verify_return_error", "-verify_hostname", "localhost", "-servername", "localhost"));
        command.addAll(List.of(more));
        return start(command.toArray(new String[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslClient_talksToTheServer(String version) throws Exception {
        Spawned served = Spawned.echo();
        Process client = openssl(serve(served), version);
        awaitOutput(client, "Verify return code: 0 (ok)");
        say(client, "are you there\n");
        served.first().awaitBytes(14);
        assertThat(served.first().text()).isEqualTo("are you there\n");
        awaitOutput(client, "are you there");
        say(client, "Q\n");
        assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(served.first().awaitLost()).isNull();
    }

    @Test
    void opensslClient_asksForNewKeys_andContinues() throws Exception {
        Spawned served = Spawned.echo();
        Process client = openssl(serve(served), "-tls1_3");
        awaitOutput(client, "Verify return code: 0 (ok)");
        say(client, "before\n");
        served.first().awaitBytes(7);
        say(client, "K\n"); // an update of the keys, which asks for one in return
        awaitOutput(client, "KEYUPDATE");
        say(client, "after\n");
        served.first().awaitBytes(13);
        assertThat(served.first().text()).isEqualTo("before\nafter\n");
        awaitOutput(client, "after");
    }

    @Test
    void opensslClient_thatRenegotiates_isRefused() throws Exception {
        Spawned served = Spawned.echo();
        Process client = openssl(serve(served), "-tls1_2");
        awaitOutput(client, "Verify return code: 0 (ok)");
        say(client, "before\n");
        served.first().awaitBytes(7);
        say(client, "R\n");
        assertThat(served.first().awaitLost()).isInstanceOf(IOException.class).hasMessageContaining("renegotiate");
        assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @Asyncio("eventloop#loop.create_connection")
    void opensslServer_isTalkedTo(String version) throws Exception {
        int port = FreePort.find();
        Process server = start("openssl", "s_server", "-accept", "127.0.0.1:" + port, version, "-rev", "-quiet",
                "-cert", LOCALHOST.writeCertificate(files.resolve("server.pem")).toString(),
                "-key", LOCALHOST.writeKey(files.resolve("server.key")).toString());
        awaitPort(port, server);
        Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::new, to(port)));
        running.run(() -> connection.transport().write("stressed\n".getBytes()));
        assertThat(new String(connection.protocol().awaitBytes(9))).isEqualTo("desserts\n");
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    private void awaitPort(int port, Process server) throws Exception {
        until("the port of the server", () -> {
            assertThat(server.isAlive()).as(output(server)).isTrue();
            try (Socket probe = new Socket("127.0.0.1", port)) {
                return probe.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    @Asyncio("eventloop#loop.create_connection")
    void opensslServer_withAnotherCertificate_isRefused() throws Exception {
        int port = FreePort.find();
        Identity own = Identity.authority("localhost");
        Process server = start("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-quiet",
                "-cert", own.writeCertificate(files.resolve("server.pem")).toString(),
                "-key", own.writeKey(files.resolve("server.key")).toString());
        awaitPort(port, server);
        LoopFuture<Connection<RecordingProtocol>> future = loop.createConnection(RecordingProtocol::new, to(port));
        assertThat(failureOf(() -> future)).hasMessageContaining("certificate verify failed");
        awaitOutput(server, "alert");
    }

    /** Replies to one request, and closes. */
    private static final class Page extends RecordingProtocol {
        private static final String BODY = "secured\n".repeat(50_000);

        @Override
        public void dataReceived(ByteBuffer data) {
            super.dataReceived(data);
            if (text().endsWith("\r\n\r\n")) {
                StreamTransport transport = transport();
                transport.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BODY).getBytes());
                transport.close();
            }
        }
    }

    @Test
    void curl_getsAPage_andChecksTheCertificate() throws Exception {
        Server server = serve(Page::new);
        String url = "https://localhost:" + addressOf(server).getPort() + "/";
        String resolve = "localhost:" + addressOf(server).getPort() + ":127.0.0.1";
        String authority = AUTHORITY.writeCertificate(files.resolve("authority.pem")).toString();
        Process curl = start("curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20",
                "--resolve", resolve, "--cacert", authority, url);
        assertThat(curl.waitFor(25, TimeUnit.SECONDS)).isTrue();
        // without a length, only the end of TLS tells that it is complete
        assertThat(output(curl)).isEqualTo(Page.BODY);
        assertThat(curl.exitValue()).isZero();

        String other = Identity.authority("other").writeCertificate(files.resolve("other.pem")).toString();
        Process refusing = start("curl", "--silent", "--noproxy", "*", "--max-time", "20", "--resolve", resolve,
                "--cacert", other, url);
        assertThat(refusing.waitFor(25, TimeUnit.SECONDS)).isTrue();
        assertThat(refusing.exitValue()).isEqualTo(60);
    }
}
