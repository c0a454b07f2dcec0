package aio.dist.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * Starts a ZooKeeper in this process, then nodes as processes of their own: n2 and so on serve, n1 is the console, with
 * the options of the command line. When n1 ends, all end.
 */
public final class Main {
    private static final int USAGE = 2;
    private static final int MOST = 20;
    private static final long UP_SECONDS = 60;
    private static final long DOWN_SECONDS = 20;
    private static final int SESSION_MILLIS = 6_000;

    private final Path jar;
    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private Main(Path jar, Path folder, int port) {
        this.jar = jar;
        this.folder = folder;
        this.port = port;
    }

    /** Runs it: the number of nodes, then options of the first node. */
    public static void main(String... words) throws Exception {
        if (words.length == 0 || !words[0].matches("\\d{1,2}") || Integer.parseInt(words[0]) < 1
                || Integer.parseInt(words[0]) > MOST) {
            System.err.println("error: --fleet is '" + (words.length == 0 ? "" : words[0])
                    + "': expected a number of nodes, 1 to " + MOST);
            System.exit(USAGE);
        }
        Path folder = Files.createTempDirectory("aio-fleet-");
        Main fleet = new Main(Path.of(System.getProperty("aio.jar")), folder, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::end, "aio-fleet-end"));
        System.exit(fleet.run(Integer.parseInt(words[0]), List.of(words).subList(1, words.length)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int run(int count, List<String> options) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("clientPort", Integer.toString(port));
        properties.setProperty("clientPortAddress", "127.0.0.1");
        properties.setProperty("admin.enableServer", "false");
        properties.setProperty("tickTime", "1000");
        try (ZooKeeperServerEmbedded server = ZooKeeperServerEmbedded.builder().baseDir(folder)
                .configuration(properties).exitHandler(ExitHandler.LOG_ONLY).build()) {
            server.start();
            for (int node = 2; node <= count; node++) {
                ProcessBuilder command = command("n" + node, List.of("--serve"));
                command.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
                follow("n" + node, command.redirectErrorStream(true));
            }
            Process console = start(command("n1", options).inheritIO());
            return console.waitFor();
        }
    }

    private ProcessBuilder command(String node, List<String> options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
                "-Daio.fleet.connect=127.0.0.1:" + port, "-Daio.fleet.node=" + node,
                "-Daio.example.http.port=0", "-Daio.example.echo.port=0", "-jar", jar.toString()));
        words.addAll(options);
        return new ProcessBuilder(words);
    }

    private synchronized Process start(ProcessBuilder command) throws IOException {
        Process process = command.start();
        processes.add(process);
        return process;
    }

    /** Starts a node, and waits until it is in the fleet: what it prints is kept to be shown if it does not come. */
    private void follow(String node, ProcessBuilder command) throws Exception {
        Process process = start(command);
        StringBuffer printed = new StringBuffer();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> printed.append(line).append('\n'));
            } catch (IOException e) {
                printed.append(e).append('\n');
            }
        }, "aio-fleet-" + node);
        reader.setDaemon(true);
        reader.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS);
        CountDownLatch in = new CountDownLatch(1);
        try (ZooKeeper client = new ZooKeeper("127.0.0.1:" + port, SESSION_MILLIS, event -> {})) {
            while (client.exists("/aio/default/nodes/" + node, false) == null) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("node " + node + " does not come; it has printed:\n" + printed);
                }
                in.await(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void end() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(DOWN_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("error: the folder " + folder + " is left over: " + e);
        }
    }
}
