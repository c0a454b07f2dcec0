package aio.policy.fleet.node;

import aio.testkit.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of ZooKeeper with a port for TLS alone, in a process of its own: it reads its stores from system properties,
 * as every client of the same process would.
 */
final class SecureServer implements AutoCloseable {
    static final String PASSWORD = "secret-word";
    private final Path folder;
    private final int port = FreePort.find();
    private final Process process;

    /**
     * Starts one.
     *
     * @param folder for its data
     * @param keys its key store
     * @param properties more lines of its configuration
     */
    SecureServer(Path folder, Path keys, String... properties) throws IOException {
        this.folder = folder;
        List<String> lines = new ArrayList<>(List.of("tickTime=250", "dataDir=" + folder.resolve("data"),
                "secureClientPort=" + port,
                "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                "ssl.keyStore.location=" + keys, "ssl.keyStore.password=" + PASSWORD,
                "admin.enableServer=false"));
        lines.addAll(List.of(properties));
        Path file = Files.write(folder.resolve("zoo.cfg"), lines);
        process = new ProcessBuilder(tool("java"), "-Xmx128m", "-cp", System.getProperty("java.class.path"),
                "org.apache.zookeeper.server.quorum.QuorumPeerMain", file.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
    }

    String connect() {
        return "localhost:" + port;
    }

    boolean listens() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Runs {@code keytool} of the JDK in use, with the password for all stores. */
    static void keytool(Path folder, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("keytool")));
        command.addAll(Arrays.asList(words));
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new AssertionError("keytool has failed: " + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what the server has said, for a test that fails. */
    @Override
    public String toString() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
