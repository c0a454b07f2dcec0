package aio.soak.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What this JVM holds: heap in use after a collection, threads, descriptors. */
final class Footprint {
    private static final int COLLECTIONS = 4;
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
        return "heap=" + heap + " threads=" + threads + " descriptors=" + descriptors + " classes=" + classes;
    }
}
