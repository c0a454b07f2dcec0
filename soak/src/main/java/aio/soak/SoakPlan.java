package aio.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much is loaded, swapped and measured.
 *
 * @param way the only way in which policies are swapped besides lives, such as {@code update}; {@code any} for all
 * @param living the only policy whose bundle lives again and again, such as {@code uring}; {@code any} for two in turn
 */
record SoakPlan(int plain, int tls, int swaps, int lives, int segments, Duration quiet, Duration swapping, Path target,
        Path bundle, String way, String living) {
    private static final String ANY = "any";
    private static final int SHORT_SWAPS = 100;
    private static final int SHORT_LIVES = 10;
    private static final int OTHER_DESCRIPTORS = 400;

    /** Reads the system properties; 0 minutes are the short form. */
    static SoakPlan ofProperties() {
        Path target = Path.of(System.getProperty("soak.target"));
        Path bundle = Path.of(System.getProperty("soak.bundle"));
        int minutes = Integer.getInteger("soak.minutes", 0);
        if (minutes == 0) {
            return new SoakPlan(1_000, 200, SHORT_SWAPS, SHORT_LIVES, 3, Duration.ofSeconds(3), Duration.ofSeconds(4),
                    target, bundle, ANY, ANY);
        }
        Duration all = Duration.ofMinutes(minutes);
        return new SoakPlan(1_000, 200, Integer.getInteger("soak.swaps", 10_000),
                Integer.getInteger("soak.lives", 1_000), 20,
                all.dividedBy(12), all.multipliedBy(10).dividedBy(12), target, bundle,
                System.getProperty("soak.way", ANY), System.getProperty("soak.living", ANY));
    }

    int connections() {
        return plain + tls;
    }

    long nanosBetweenSwaps() {
        return swapping.toNanos() / swaps;
    }

    int swapsOf(int segment) {
        return part(swaps, segment);
    }

    int livesOf(int segment) {
        return part(lives, segment);
    }

    private int part(int all, int segment) {
        return all * (segment + 1) / segments - all * segment / segments;
    }

    /** Returns when to give up: a busy machine takes longer. */
    Duration limit() {
        return quiet.plus(swapping).multipliedBy(3).plusMinutes(4);
    }

    /** Tells whether a process may have as many descriptors as each of the two needs. */
    boolean isAllowed() {
        return !(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
                || system.getMaxFileDescriptorCount() >= descriptors();
    }

    /** Returns how many descriptors each process needs: the connections, and what else a JVM opens. */
    int descriptors() {
        return connections() + OTHER_DESCRIPTORS;
    }
}
