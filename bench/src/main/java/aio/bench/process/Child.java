package aio.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that takes orders as lines of its standard input, replies with lines of its standard output, and ends with
 * its input. What it writes to its standard error is passed on.
 */
public final class Child implements AutoCloseable {
    private static final String END = "\n"; // no line contains it
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it; the name appears in messages. */
    public static Child start(String name, List<String> command) throws IOException {
        return new Child(name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add("cannot be read: " + e);
        }
        answers.add(END);
    }

    /** Returns the number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Gives an order and returns the reply. */
    public Answer ask(String order) throws InterruptedException {
        return ask(order, Duration.ZERO);
    }

    /** Gives an order that takes some time, and returns the reply. */
    public Answer ask(String order, Duration busy) throws InterruptedException {
        orders.println(order);
        return answer(busy);
    }

    /** Returns the next reply: the first one comes without an order. */
    public Answer answer() throws InterruptedException {
        return answer(Duration.ZERO);
    }

    /** Returns the next reply, which takes some time. */
    public Answer answer(Duration busy) throws InterruptedException {
        Duration limit = PATIENCE.plus(busy);
        String line = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new IllegalStateException("\"" + name + "\" (process " + process.pid() + ") gave no answer within "
                    + limit);
        }
        if (line.equals(END)) {
            process.waitFor(1, TimeUnit.SECONDS);
            throw new IllegalStateException("\"" + name + "\" (process " + process.pid() + ") ended"
                    + (process.isAlive() ? " its output" : " with exit code " + process.exitValue())
                    + " where an answer was expected: see its messages above");
        }
        return new Answer(name, line);
    }

    /** Returns the CPU time that all threads of the process have used, in nanoseconds. */
    public long cpuNanos() {
        return CpuTime.nanosOf(process.pid());
    }

    /** Ends its input and waits for its end; a process that does not end is killed. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
