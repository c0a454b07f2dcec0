package aio.itest;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Class loaders of removed bundles, to be collected. One thread. */
final class Loaders {
    /** Longer than threads of the JDK's own pools keep what they have done last. */
    private static final Duration LIMIT = Duration.ofSeconds(70);
    private static final long BETWEEN_NANOS = 50_000_000;

    private final List<Reference<ClassLoader>> loaders = new ArrayList<>();

    void add(WeakReference<ClassLoader> loader) {
        loaders.add(loader);
    }

    int size() {
        return loaders.size();
    }

    /** Collects garbage until at most {@code expected} are left or the time is over; returns how many are left. */
    long alive(int expected) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long alive = count();
        while (alive > expected && System.nanoTime() - deadline < 0) {
            System.gc();
            LockSupport.parkNanos(BETWEEN_NANOS);
            alive = count();
        }
        return alive;
    }

    /** Returns the numbers of those that are left, in the order in which they were added. */
    List<Integer> living() {
        return IntStream.range(0, loaders.size()).filter(i -> loaders.get(i).get() != null).boxed().toList();
    }

    private long count() {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
