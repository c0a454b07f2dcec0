package aio.core.loop;

import aio.core.collection.WeakMap;
import aio.spi.IoDriverFactory;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Knows which drivers have passed their probe: only those go under loops that run. Each is probed once; who asks
 * meanwhile waits for the same answer. Any thread, without a lock: drivers are called.
 */
public final class Probes {
    private final Prober prober;
    private final WeakMap<IoDriverFactory, Boolean> passed = WeakMap.byIdentity();
    private final Map<IoDriverFactory, CompletableFuture<Optional<String>>> running = new IdentityHashMap<>();

    /** Finds out what is wrong with a driver, in so long; null if it works. */
    @FunctionalInterface
    public interface Prober {
        @Nullable String problemOf(IoDriverFactory driver, long maxWaitNanos);
    }

    /** Lets a driver carry a byte. */
    public Probes() {
        this(Probe::problemOf);
    }

    public Probes(Prober prober) {
        this.prober = prober;
    }

    /** Tells whether a driver has passed. */
    public boolean hasPassed(IoDriverFactory driver) {
        return passed.get(driver) != null;
    }

    /** Returns what is wrong with a driver, or null if it works; after so long at the latest. */
    public @Nullable String problemOf(IoDriverFactory driver, long maxWaitNanos) {
        if (hasPassed(driver)) {
            return null;
        }
        CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<String>> first;
        synchronized (running) {
            first = running.putIfAbsent(driver, mine);
        }
        return first != null ? first.join().orElse(null) : probe(driver, maxWaitNanos, mine);
    }

    private @Nullable String probe(
            IoDriverFactory driver, long maxWaitNanos, CompletableFuture<Optional<String>> answer) {
        String problem = "the probe was not made";
        try {
            problem = prober.problemOf(driver, maxWaitNanos);
            if (problem == null) {
                passed.put(driver, true);
            }
        } finally {
            synchronized (running) {
                running.remove(driver);
            }
            answer.complete(Optional.ofNullable(problem));
        }
        return problem;
    }

    /** Forgets that a driver has passed: it has failed since. */
    public void forget(IoDriverFactory driver) {
        passed.remove(driver);
    }
}
