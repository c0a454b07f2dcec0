package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.FreePort;
import aio.transport.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foreign program on the other side of a plain connection: netcat. */
@Asyncio("eventloop#loop.create_server")
public abstract class PeersContract extends NetContract {
    private static final System.Logger LOG = System.getLogger("aio.testkit");

    @TempDir
    Path files;

    /** For subclasses. */
    protected PeersContract() {}

    /** Starts netcat, or aborts the test with a message that cannot be overlooked. */
    private Process netcat(String... options) throws IOException {
        if (!isInstalled()) {
            LOG.log(Level.WARNING, "##### NOT TESTED: connections with \"nc\", which is not installed here #####");
            Assumptions.abort("\"nc\" is not installed: install netcat-openbsd to test connections with it");
        }
        String[] command = new String[options.length + 1];
        command[0] = "nc";
        System.arraycopy(options, 0, command, 1, options.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        closing(process::destroyForcibly);
        return process;
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, "nc"))) {
                return true;
            }
        }
        return false;
    }

    private static void say(Process process, String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
    }

    private static String hear(Process process, int count) throws IOException {
        return new String(process.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Test
    void netcatAsClient_getsItsWordsBack_andEndsTheConnection() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        Server server = serve(protocols);
        Process client = netcat("127.0.0.1", Integer.toString(addressOf(server).getPort()));
        say(client, "hello\n");
        assertThat(hear(client, 6)).isEqualTo("hello\n");
        client.destroy();
        assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(protocols.nth(0).awaitLost()).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.create_connection")
    void netcatAsServer_isTalkedTo_andToldOfTheEnd() throws Exception {
        int port = FreePort.find();
        Process server = netcat("-l", "127.0.0.1", Integer.toString(port));
        Connection<RecordingProtocol> connection = connectedTo(port);
        say(server, "who is there?\n");
        Await.until("the question", () -> connection.protocol().text().equals("who is there?\n"));
        running.run(() -> {
            connection.transport().write("a loop\n".getBytes(StandardCharsets.ISO_8859_1));
            connection.transport().close();
        });
        assertThat(hear(server, 7)).isEqualTo("a loop\n");
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    /** Connects until it succeeds: netcat does not say when it has begun to listen. */
    private Connection<RecordingProtocol> connectedTo(int port) {
        Connection<?>[] made = new Connection<?>[1];
        Await.until("netcat listens", () -> {
            var attempt = loop.createConnection(RecordingProtocol::new, "127.0.0.1", port);
            Await.until("an answer", attempt::isDone);
            if (attempt.exception() != null) {
                return false;
            }
            made[0] = attempt.result();
            return true;
        });
        @SuppressWarnings("unchecked")
        Connection<RecordingProtocol> connection = (Connection<RecordingProtocol>) made[0];
        return connection;
    }

    @Test
    @Asyncio("eventloop#loop.create_unix_server")
    void netcatOnAUnixSocket_getsItsWordsBack() throws Exception {
        Path path = files.resolve("socket");
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        closing(done(loop.createUnixServer(protocols, path)));
        Process client = netcat("-U", path.toString());
        say(client, "hello\n");
        assertThat(hear(client, 6)).isEqualTo("hello\n");
        client.destroy();
        assertThat(protocols.nth(0).awaitLost()).isNull();
    }
}
