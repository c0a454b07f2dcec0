package aio.soak.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What this JVM holds: heap in use after a collection, threads, descriptors, memory mappings (0 if unknown). */
final class Footprint {
    private static final int COLLECTIONS = 4;
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
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
        return "heap=" + heap + " threads=" + threads + " descriptors=" + descriptors + " classes=" + classes
                + " mappings=" + mappings();
    }

    private static long mappings() {
        try (Stream<String> lines = Files.lines(MAPPINGS)) {
            return lines.count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // this system does not tell
        }
    }
}
