package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.spi.IoDriverFactory;
import java.util.Set;
import java.util.TreeSet;

/**
 * On which loops drivers have failed too often, and since when: on two loops, or for a minute, is too much for all. Any
 * thread.
 */
final class GivenUpDrivers {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final WeakMap<IoDriverFactory, Failing> drivers = WeakMap.byIdentity();

    private record Failing(long sinceNanos, Set<String> loops) {}

    /** Notes that a driver was given up by a loop; returns whether its policy is to be refused. */
    synchronized boolean isToBeRefused(IoDriverFactory driver, String loopName) {
        Failing failing = drivers.get(driver);
        long now = System.nanoTime();
        if (failing == null) {
            failing = new Failing(now, new TreeSet<>());
            drivers.put(driver, failing);
        }
        failing.loops().add(loopName);
        return failing.loops().size() > 1 || now - failing.sinceNanos() >= LONGEST_NANOS;
    }
}
