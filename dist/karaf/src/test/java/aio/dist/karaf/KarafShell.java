package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** A user of Karaf's shell over SSH. Any thread. */
final class KarafShell implements AutoCloseable {
    static final String PROMPT = "@root()>";
    private static final String KARAF = "org.apache.karaf.main.Main";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final int port;
    private final String user;

    /** What a command has printed, and its exit status. */
    record Answer(String text, int status) {}

    /** Takes the name as the password. */
    KarafShell(int port, String user) {
        this.port = port;
        this.user = user;
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    /** Logs in; Karaf ends a session with its first command. */
    private ClientSession login() throws IOException {
        ClientSession session = client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
        session.addPasswordIdentity(user);
        try {
            session.auth().verify(PATIENCE);
        } catch (IOException e) {
            throw new IOException("Karaf does not let '" + user + "' in; its threads: " + threadsOfKaraf(), e);
        }
        return session;
    }

    /** Returns the stacks of all threads of every Karaf that runs here. */
    private static String threadsOfKaraf() throws IOException {
        StringBuilder threads = new StringBuilder();
        for (ProcessHandle karaf : ProcessHandle.allProcesses().filter(KarafShell::isKaraf).toList()) {
            Process told = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(karaf.pid()), "Thread.print").redirectErrorStream(true).start();
            threads.append(new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return threads.toString();
    }

    private static boolean isKaraf(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(KARAF::equals);
    }

    /** Runs a command. */
    Answer run(String command) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ClientSession session = login(); ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(PATIENCE);
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            if (events.contains(ClientChannelEvent.TIMEOUT)) {
                throw new AssertionError("'" + command + "' does not end; printed " + text(output));
            }
            Integer status = channel.getExitStatus();
            return new Answer(text(output), status == null ? -1 : status);
        }
    }

    /** Runs a command that must work; returns what it prints. */
    String succeed(String command) throws IOException {
        Answer answer = run(command);
        assertThat(answer.status()).as(command + ": " + answer.text()).isZero();
        return answer.text();
    }

    /** Types into a shell with a terminal; returns what it shows as soon as that contains the expected text. */
    String type(String keys, String expected) throws IOException {
        try (Typing typing = open()) {
            return typing.type(keys, expected);
        }
    }

    /** Opens a shell with a terminal. */
    Typing open() throws IOException {
        return new Typing(login());
    }

    /** Types into a shell with a terminal. Confined to one thread. */
    static final class Typing implements AutoCloseable {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final ClientSession session;
        private final ChannelShell channel;
        private int typedAt;

        private Typing(ClientSession session) throws IOException {
            this.session = session;
            channel = session.createShellChannel();
            channel.setPtyType("xterm");
            channel.setPtyColumns(200);
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(PATIENCE);
            KarafShell.await("the prompt of a shell", () -> text(output).contains(PROMPT), output);
        }

        /** Types; returns what is shown from then on, as soon as that contains the expected text. */
        String type(String keys, String expected) throws IOException {
            typedAt = text(output).length();
            OutputStream keyboard = channel.getInvertedIn();
            keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            return await(expected);
        }

        /** Returns what is shown since the last typing, as soon as that contains the expected text. */
        String await(String expected) {
            KarafShell.await("'" + expected + "'", () -> text(output).indexOf(expected, typedAt) >= 0, output);
            return text(output).substring(typedAt);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            session.close();
        }
    }

    private static void await(String what, BooleanSupplier condition, ByteArrayOutputStream output) {
        Deadline.await(PATIENCE, condition, () -> "no " + what + " in:\n" + text(output));
    }

    private static String text(ByteArrayOutputStream output) {
        // colours do not matter
        return output.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "").replace("\r", "");
    }

    @Override
    public void close() {
        client.stop();
    }
}
