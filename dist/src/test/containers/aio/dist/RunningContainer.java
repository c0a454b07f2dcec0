package aio.dist;

import aio.testkit.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The executable jar, or a similar program, in a process of its own. */
final class RunningContainer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final int echoPort = FreePort.find();
    private final int httpPort = FreePort.find();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> read = new ArrayList<>();
    private final Thread reader;
    private int asked;

    RunningContainer(String... options) throws IOException {
        List<String> command = java(Path.of(System.getProperty("aio.jar")));
        command.addAll(List.of("--echo-port", Integer.toString(echoPort), "--http-port", Integer.toString(httpPort)));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = startReader();
    }

    /** Runs any command; the ports are not passed on. */
    RunningContainer(ProcessBuilder command) throws IOException {
        process = command.redirectErrorStream(true).start();
        reader = startReader();
    }

    /** Runs a script of the shell; the parameters stand in it as "$1" and so on. */
    static RunningContainer ofShell(String script, String... parameters) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(parameters));
        return new RunningContainer(new ProcessBuilder(command));
    }

    /** Returns the command that runs a jar. */
    static List<String> java(Path jar) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions", // as ./run does
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.language=en", // the levels in a log are translated
                "-jar",
                jar.toString()));
    }

    private Thread startReader() {
        Thread thread = new Thread(this::readAll, "container-output");
        thread.start();
        return thread;
    }

    private void readAll() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(unread::add);
        } catch (IOException | UncheckedIOException e) {
            unread.add("the output broke: " + e);
        }
    }

    int echoPort() {
        return echoPort;
    }

    int httpPort() {
        return httpPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Tells whether it ends within a time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Sends a signal. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Limits how large files may grow from now on, in bytes, or {@code unlimited}. */
    void limitFiles(String most) throws IOException, InterruptedException {
        limit("--fsize=" + most + ":unlimited");
    }

    /** Limits how many threads the user of the container may have from now on; a command runs others as that user. */
    void limitThreads(int most, List<String> asUser) throws IOException, InterruptedException {
        limit("--nproc=" + most + ":", asUser.toArray(String[]::new));
    }

    private void limit(String what, String... before) throws IOException, InterruptedException {
        Path prlimit = Path.of("/usr/bin/prlimit");
        Assumptions.assumeTrue(Files.isExecutable(prlimit), "SKIPPED: /usr/bin/prlimit (util-linux) is not there");
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(prlimit.toString(), "--pid", Long.toString(process.pid()), what));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("prlimit ended with " + code);
        }
    }

    /**
     * Makes sure that the processes which this one starts do not ignore a signal, as processes in the background ignore
     * SIGINT.
     */
    static void assumeTaken(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "signals are asked for in " + status);
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst().orElseThrow();
        Assumptions.assumeTrue((Long.parseUnsignedLong(ignored, 16) >> signal - 1 & 1) == 0, "it is ignored here");
    }

    /** Sends a line to the standard input. */
    void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Runs a command; returns what was printed meanwhile. */
    String ask(String command) throws IOException, InterruptedException {
        output();
        String end = "end of answer " + ++asked;
        type(command);
        type("echo " + end);
        List<String> answer = new ArrayList<>();
        for (String line = next(); line != null; line = next()) {
            if (line.endsWith(end)) {
                return String.join("\n", answer);
            }
            answer.add(line);
        }
        return Assertions.fail("no end of the answer to '" + command + "' in:\n" + String.join("\n", read));
    }

    /** Ends the standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for a line that starts with {@code start}; returns it. */
    String await(String start) throws InterruptedException {
        for (String line = next(); line != null; line = next()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        return Assertions.fail("no line that starts with '" + start + "' in:\n" + String.join("\n", read));
    }

    private String next() throws InterruptedException {
        String line = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line != null) {
            read.add(line);
        }
        return line;
    }

    /** Waits for the end; returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return Assertions.fail("still alive; said:\n" + String.join("\n", output()));
        }
        reader.join();
        return process.exitValue();
    }

    /** Returns all lines that were written so far. */
    List<String> output() {
        unread.drainTo(read);
        return List.copyOf(read);
    }

    /** Ends it as an operator would, so that it cleans up; by force if it does not end. */
    @Override
    public void close() throws IOException, InterruptedException {
        try {
            process.destroy();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }
}
