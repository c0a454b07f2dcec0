package aio.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process with the framework, see {@link NodeMain}. One thread gives orders. */
final class NodeProcess implements AutoCloseable {
    private static final long END_SECONDS = 60;

    private final Path log;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    NodeProcess(Path folder, Path bundle) throws IOException {
        log = folder.resolve("node.log");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow", // newer JVMs warn of them
                "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", // policy.uring
                "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                NodeMain.class.getName(), folder.toString(), bundle.toString())
                .redirectError(log.toFile()).start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        if (answers.readLine() == null) {
            throw new IOException("the node did not start: see " + log);
        }
    }

    String ask(String order) throws IOException {
        orders.println(order);
        return answer(order);
    }

    private String answer(String order) throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the node ended where an answer to \"" + order + "\" was expected: see " + log);
        }
        return answer;
    }

    /** Returns the figures in a reply of the form {@code a=1 b=2}. */
    Map<String, Long> figures(String order) throws IOException {
        Map<String, Long> figures = new HashMap<>();
        for (String pair : ask(order).split(" ")) {
            String[] parts = pair.split("=");
            if (parts.length != 2) {
                throw new IOException("the answer to \"" + order + "\" has \"" + pair + "\", expected name=number");
            }
            figures.put(parts[0], Long.parseLong(parts[1]));
        }
        return figures;
    }

    /** Ends its input and waits for the end of the framework; returns the exit code. */
    int end() throws InterruptedException {
        orders.close();
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
