package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a scenario in a JVM of its own, started by a shell that sets its limits. Used by one thread. */
final class LimitedProcess implements AutoCloseable {
    private static final Path SHELL = Path.of("/bin/bash");
    private static final long END_SECONDS = 90;

    private final Class<?> scenario;
    private final Path output;
    private final Process process;

    /**
     * Starts it.
     *
     * @param descriptors how many descriptors it may have; 0 for as many as this process
     * @param options further options of the JVM
     */
    LimitedProcess(
            int descriptors,
            List<String> options,
            Class<? extends Scenario> scenario,
            Class<? extends IoDriverFactory> driver,
            Class<? extends IoDriverFactory> other)
            throws IOException {
        assumeTrue(Files.isExecutable(SHELL) && Files.isDirectory(Path.of("/proc/self/fd")),
                "the limits of a process are set by bash, and its descriptors are read from /proc");
        this.scenario = scenario;
        this.output = Files.createTempFile("aio-limits-", ".txt");
        List<String> command = new ArrayList<>(List.of(SHELL.toString(), "-c",
                (descriptors > 0 ? "ulimit -n " + descriptors + " && " : "") + "exec \"$@\"", "limited",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.SimpleFormatter.format=%4$s %3$s: %5$s%6$s%n"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LimitedMain.class.getName(),
                scenario.getName(), driver.getName(), other.getName()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end, and returns what the process has printed; fails if the scenario has failed. */
    String awaitSuccess() throws IOException, InterruptedException {
        boolean ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        String printed = Files.readString(output);
        assertThat(ended).as("%s ends within %s s; it has printed:%n%s", scenario, END_SECONDS, printed).isTrue();
        assertThat(process.exitValue()).as("%s printed:%n%s", scenario, printed).isZero();
        return printed;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
