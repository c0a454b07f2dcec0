package aio.bench.echo;

import aio.bench.echo.Subjects.MissingException;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.Cores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that runs. */
final class EchoServer implements AutoCloseable {
    private static final long QUIET_NANOS = 500_000; // of CPU time within a look: its JVM alone needs less
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int LOOKS = 500;

    private final String subject;
    private final boolean jvm;
    private final Child child;
    private final long port;

    private EchoServer(String subject, boolean jvm, Child child, long port) {
        this.subject = subject;
        this.jvm = jvm;
        this.child = child;
        this.port = port;
    }

    static EchoServer start(String subject, List<String> command, Cores cores)
            throws IOException, InterruptedException, MissingException {
        Child child = Child.start(subject, cores.server(command));
        try {
            Answer answer = child.answer();
            if (answer.is("missing")) {
                throw new MissingException(answer.rest());
            }
            return new EchoServer(subject, command.get(0).endsWith("java"), child, answer.expect("port").number(1));
        } catch (InterruptedException | MissingException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    String subject() {
        return subject;
    }

    long port() {
        return port;
    }

    boolean isJvm() {
        return jvm;
    }

    long cpuNanos() {
        return child.cpuNanos();
    }

    /** Returns how many bytes its threads have allocated on the heap. */
    long allocatedBytes() throws InterruptedException {
        return child.ask("allocated").expect("allocated").number(1);
    }

    /** Waits until it is idle, so that it does not disturb the next server: it closes connections and compiles. */
    void awaitQuiet() {
        long before = cpuNanos();
        for (int i = 0; i < LOOKS; i++) {
            LockSupport.parkNanos(LOOK.toNanos());
            long now = cpuNanos();
            if (now - before < QUIET_NANOS) {
                return;
            }
            before = now;
        }
        System.err.println("\"" + subject + "\" is still busy "
                + TimeUnit.MILLISECONDS.toSeconds(LOOK.toMillis() * LOOKS)
                + " s after its last request: it disturbs what follows");
    }

    @Override
    public void close() {
        child.close();
    }
}
