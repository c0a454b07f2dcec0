package aio.core.loop;

import aio.core.collection.WeakMap;
import aio.core.kernel.Shortage;
import aio.spi.IoDriverFactory;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which drivers have passed their probe: only those go under loops that run. Each is probed once; who asks
 * meanwhile waits for the same answer. Any thread, without a lock: drivers are called.
 */
public final class Probes {
    private final Prober prober;
    private final WeakMap<IoDriverFactory, Boolean> passed = WeakMap.byIdentity();
    private final Map<IoDriverFactory, CompletableFuture<Answer>> running = new IdentityHashMap<>();
    private volatile Consumer<IoDriverFactory> latecomers = driver -> {};

    /** Finds out what is wrong with a driver, in so long; null if it works. {@code late} is run if it passes later. */
    @FunctionalInterface
    public interface Prober {
        @Nullable String problemOf(IoDriverFactory driver, long maxWaitNanos, Runnable late) throws Shortage;
    }

    /** Lets a driver carry a byte. */
    public Probes() {
        this(Probe::problemOf);
    }

    public Probes(Prober prober) {
        this.prober = prober;
    }

    /** Sets who is told of drivers that were too late, and have passed then. */
    public void tellLate(Consumer<IoDriverFactory> listener) {
        latecomers = listener;
    }

    /** Tells whether a driver has passed. */
    public boolean hasPassed(IoDriverFactory driver) {
        return passed.get(driver) != null;
    }

    /**
     * Returns what is wrong with a driver, or null if it works; after so long at the latest.
     *
     * @throws Shortage if nobody can tell now, and it is to be probed again
     */
    public @Nullable String problemOf(IoDriverFactory driver, long maxWaitNanos) throws Shortage {
        if (hasPassed(driver)) {
            return null;
        }
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> first;
        synchronized (running) {
            first = running.putIfAbsent(driver, mine);
        }
        return (first != null ? first.join() : probe(driver, maxWaitNanos, mine)).get();
    }

    private Answer probe(IoDriverFactory driver, long maxWaitNanos, CompletableFuture<Answer> answers) {
        Answer answer = new Answer("the probe was not made", null);
        try {
            answer = new Answer(prober.problemOf(driver, maxWaitNanos, () -> late(driver)), null);
            if (answer.problem() == null) {
                passed.put(driver, true);
            }
        } catch (Shortage e) {
            answer = new Answer(null, e);
        } finally {
            synchronized (running) {
                running.remove(driver);
            }
            answers.complete(answer);
        }
        return answer;
    }

    private void late(IoDriverFactory driver) {
        passed.put(driver, true);
        latecomers.accept(driver);
    }

    /** What a probe has found: a problem, or none, or that nobody can tell. */
    private record Answer(@Nullable String problem, @Nullable Shortage shortage) {
        @Nullable String get() throws Shortage {
            if (shortage != null) {
                throw shortage;
            }
            return problem;
        }
    }

    /** Forgets that a driver has passed: it has failed since. */
    public void forget(IoDriverFactory driver) {
        passed.remove(driver);
    }
}
