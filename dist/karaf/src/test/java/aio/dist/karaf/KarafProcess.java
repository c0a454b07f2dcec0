package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Karaf of its own: the unpacked distribution serves as it is, everything that is written goes to a directory of the
 * test. It has neither a network nor a local Maven repository. Confined to one thread.
 */
final class KarafProcess implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("karaf.home", ""));
    private static final Path KAR = Path.of(System.getProperty("aio.kar", ""));
    private static final Duration UP = Duration.ofSeconds(150);
    private static final Duration DOWN = Duration.ofSeconds(60);

    private final Path base;
    private final String javaHome;
    private final List<String> prefix;
    private final int sshPort = FreePort.find();
    private final int echoPort = FreePort.find();
    private final int registryPort = FreePort.find();
    private final int jmxPort = FreePort.find();
    private Process process;

    private KarafProcess(Path base, String javaHome, List<String> prefix) {
        this.base = base;
        this.javaHome = javaHome;
        this.prefix = prefix;
    }

    /** Makes a Karaf in an empty directory, and starts it with the KAR in its folder {@code deploy}. */
    static KarafProcess start(Path base) throws IOException {
        return start(base, System.getProperty("java.home"));
    }

    /** Starts as {@link #start(Path)}, on another Java than this one. */
    static KarafProcess start(Path base, String javaHome) throws IOException {
        KarafProcess karaf = make(base, javaHome);
        karaf.deploy();
        karaf.start();
        return karaf;
    }

    /** Makes a Karaf in an empty directory, which has its own feature scr at hand, and starts it without the KAR. */
    static KarafProcess startStock(Path base) throws IOException {
        return startStock(base, System.getProperty("scr.repositories"));
    }

    /** Makes a Karaf in an empty directory, which asks some repositories of Maven, and starts it without the KAR. */
    static KarafProcess startStock(Path base, String repositories) throws IOException {
        KarafProcess karaf = make(base, System.getProperty("java.home"));
        karaf.edit("org.ops4j.pax.url.mvn.cfg", Map.of("org.ops4j.pax.url.mvn.repositories", repositories));
        karaf.start();
        return karaf;
    }

    /**
     * Makes a Karaf in an empty directory, which has its own feature webconsole at hand, and starts it with the KAR.
     * Its web server listens on a port of loopback, and its console lets in whoever has a role.
     */
    static KarafProcess startWithConsole(Path base, int port, String role) throws IOException {
        KarafProcess karaf = make(base, System.getProperty("java.home"));
        String repositories = System.getProperty("page.repositories");
        karaf.edit("org.ops4j.pax.url.mvn.cfg", Map.of("org.ops4j.pax.url.mvn.repositories", repositories));
        Files.write(karaf.etc("org.ops4j.pax.web.cfg"), List.of("org.osgi.service.http.port = " + port,
                "org.ops4j.pax.web.listening.addresses = 127.0.0.1"));
        Files.write(karaf.etc("org.apache.karaf.webconsole.cfg"), List.of("realm = karaf", "role = " + role));
        karaf.deploy();
        karaf.start();
        return karaf;
    }

    /**
     * Makes a Karaf in an empty directory, and starts it with the KAR.
     *
     * @param prefix what to write before the command that starts it
     * @param etc files of its configuration, by name; they continue those that it has
     */
    static KarafProcess start(Path base, List<String> prefix, Map<String, String> etc) throws IOException {
        KarafProcess karaf = make(base, System.getProperty("java.home"), prefix);
        for (Map.Entry<String, String> file : etc.entrySet()) {
            Files.writeString(karaf.etc(file.getKey()), file.getValue(), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        karaf.deploy();
        karaf.start();
        return karaf;
    }

    private static KarafProcess make(Path base, String javaHome) throws IOException {
        return make(base, javaHome, List.of());
    }

    private static KarafProcess make(Path base, String javaHome, List<String> prefix) throws IOException {
        KarafProcess karaf = new KarafProcess(base, javaHome, prefix);
        copy(HOME.resolve("etc"), base.resolve("etc"));
        karaf.configure();
        Files.createDirectories(base.resolve("deploy"));
        return karaf;
    }

    /** Drops the KAR into the folder {@code deploy}. */
    void deploy() throws IOException {
        Files.copy(KAR, base.resolve("deploy").resolve(KAR.getFileName()));
    }

    /** Puts a KAR into the folder {@code deploy}, at once as a whole, in place of the one that was put there before. */
    void replaceKar(Path kar) throws IOException {
        Path copy = Files.copy(kar, base.resolve("incoming.kar"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, base.resolve("deploy/aio.kar"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until a command works. */
    void await(KarafShell shell, String command) {
        Deadline.await(UP, () -> {
            assertThat(isAlive()).as(this::log).isTrue();
            try {
                return shell.run(command).status() == 0;
            } catch (IOException | AssertionError e) {
                return false; // no answer, or none in time
            }
        }, () -> "'" + command + "' does not work\n" + log());
    }

    /** Returns the stacks of all its threads. */
    String threads() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, pid(), "Thread.print").redirectErrorStream(true).start();
        return new String(dump.getInputStream().readAllBytes(), Charset.defaultCharset());
    }

    /** Sends its Java a signal. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, pid()).start().waitFor();
    }

    /** Returns the id of its Java, which a script has started. */
    private String pid() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst().map(handle -> Long.toString(handle.pid())).orElseThrow();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void configure() throws IOException {
        edit("org.apache.karaf.shell.cfg", Map.of("sshPort", Integer.toString(sshPort), "sshHost", "127.0.0.1"));
        edit("org.apache.karaf.management.cfg", Map.of(
                "rmiRegistryPort", Integer.toString(registryPort), "rmiServerPort", Integer.toString(jmxPort)));
        Path local = base.resolve("empty");
        edit("org.ops4j.pax.url.mvn.cfg", Map.of(
                "org.ops4j.pax.url.mvn.repositories", "", "org.ops4j.pax.url.mvn.localRepository", local.toString()));
        Files.write(etc("users.properties"), List.of(
                "admin = admin,admin,manager,viewer,systembundles,ssh",
                "manager = manager,manager,viewer,ssh",
                "viewer = viewer,viewer,ssh"));
        Files.write(etc("aio.example.echo.Echo.cfg"), List.of("port = " + echoPort));
        Files.write(etc("aio.example.echo.HttpResponder.cfg"), List.of("port = 0"));
    }

    /** Returns a file of its configuration. */
    Path etc(String file) {
        return base.resolve("etc").resolve(file);
    }

    /** Replaces values of a properties file; a value may continue over several lines. */
    private void edit(String file, Map<String, String> values) throws IOException {
        String text = Files.readString(etc(file));
        for (Map.Entry<String, String> value : values.entrySet()) {
            String key = value.getKey().replace(".", "\\.");
            text = text.replaceAll("(?m)^" + key + "\\s*=(.*\\\\\\R)*.*$", "") + "\n" + value.getKey() + " = "
                    + value.getValue();
        }
        Files.writeString(etc(file), text + "\n");
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(HOME.resolve("bin/karaf").toString(), "server"));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome);
        environment.put("KARAF_BASE", base.toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        process = builder.start();
    }

    private Path output() {
        return base.resolve("output.txt");
    }

    /** Ends it and starts it again, as an operator would: with everything that it has installed. */
    void restart() throws Exception {
        stop();
        start();
    }

    private void stop() throws InterruptedException, ExecutionException, TimeoutException {
        // a signal to the script does not reach its Java
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?> ended =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            ended.get(DOWN.toSeconds(), TimeUnit.SECONDS);
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int sshPort() {
        return sshPort;
    }

    int echoPort() {
        return echoPort;
    }

    /** Connects a user, whose name is the password, by JMX. */
    JMXConnector jmx(String user) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi://127.0.0.1:" + jmxPort + "/jndi/rmi://127.0.0.1:"
                + registryPort + "/karaf-root");
        return JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, new String[] {user, user}));
    }

    /** Returns what it has warned of, and the end of what it has written to its log, for messages. */
    String log() {
        try {
            List<String> lines = Files.readAllLines(logFile());
            int end = Math.max(0, lines.size() - 30);
            return Stream.concat(lines.subList(0, end).stream().filter(KarafProcess::isWarning),
                    lines.subList(end, lines.size()).stream()).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "no log: " + e + "; printed: " + printed();
        }
    }

    private static boolean isWarning(String line) {
        return line.contains("| WARN ") || line.contains("| ERROR ") || line.contains("Caused by: ");
    }

    /** Returns the file that has its log. */
    Path logFile() {
        return base.resolve("data/log/karaf.log");
    }

    private String printed() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Returns the address of the echo example, as soon as it serves. */
    InetSocketAddress echo() {
        InetSocketAddress echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), echoPort());
        Deadline.await(Duration.ofSeconds(60), () -> listens(echo), () -> "none listens on " + echo + "\n" + log());
        return echo;
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until a policy is current. */
    void awaitCurrent(KarafShell shell, String policy) {
        Deadline.await(Duration.ofSeconds(60), () -> {
            try {
                return shell.run("policy:current").text().contains("* " + policy + " ");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, () -> "'" + policy + "' is not current\n" + log());
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
