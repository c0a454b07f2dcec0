package aio.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** How many descriptors a process may have, and has. */
public final class Descriptors {
    /** What a JVM has open besides connections. */
    private static final int OTHERS = 300;

    private static final int SLACK = 8;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Descriptors() {}

    /** Refuses to begin a measurement that would run out of descriptors. */
    public static void check(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connections + OTHERS) {
            throw new IllegalStateException("a process may have " + system.getMaxFileDescriptorCount()
                    + " descriptors, " + (connections + OTHERS) + " are needed for " + connections
                    + " connections: raise the hard limit (ulimit -Hn), or ask for fewer with --connections");
        }
    }

    /** Returns how many a process has open. */
    public static long count(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }

    /** Waits until a process has about so many open. */
    public static void await(long pid, long expected) throws IOException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        long now = count(pid);
        while (Math.abs(now - expected) > SLACK) {
            if (System.nanoTime() > deadline) {
                throw new IOException("process " + pid + " has " + now + " descriptors, expected about " + expected);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            now = count(pid);
        }
    }
}
