package aio.soak.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What this JVM holds: heap in use after a collection, threads, descriptors, mappings of memory, those of them that are
 * rings of io_uring, kilobytes that are locked or pinned (0 where the system does not tell).
 */
final class Footprint {
    private static final int COLLECTIONS = 4;
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RING = "[io_uring]";
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private Footprint() {}

    static String take() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(REST_NANOS);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount() : 0;
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        List<String> mappings = lines(MAPPINGS);
        return "heap=" + heap + " threads=" + threads + " descriptors=" + descriptors + " classes=" + classes
                + " mappings=" + mappings.size()
                + " rings=" + mappings.stream().filter(line -> line.contains(RING)).count()
                + " locked=" + lockedKilobytes();
    }

    private static long lockedKilobytes() {
        return lines(STATUS).stream().filter(line -> line.startsWith("VmLck:") || line.startsWith("VmPin:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // this system does not tell
        }
    }
}
