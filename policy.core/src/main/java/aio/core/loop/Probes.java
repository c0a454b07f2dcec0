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
 * Knows which drivers have passed their probe: only those serve loops that run. Each is probed once; callers that ask
 * meanwhile wait for the same result. Any thread, without a lock: drivers are called.
 */
public final class Probes {
    private final Prober prober;
    private final WeakMap<IoDriverFactory, Boolean> passed = WeakMap.byIdentity();
    private final Map<IoDriverFactory, CompletableFuture<Answer>> running = new IdentityHashMap<>();
    private volatile Consumer<IoDriverFactory> latecomers = driver -> {}; // set once, read by threads of late probes

    /**
     * Finds out in limited time what is wrong with a driver; null if it works. Runs {@code late} if it passes later.
     */
    @FunctionalInterface
    public interface Prober {
        @Nullable String problemOf(IoDriverFactory driver, long maxWaitNanos, Runnable late) throws Shortage;
    }

    /** Makes probes in which a driver carries a byte. */
    public Probes() {
        this(Probe::problemOf);
    }

    public Probes(Prober prober) {
        this.prober = prober;
    }

    /** Sets the receiver of drivers that have passed too late. */
    public void tellLate(Consumer<IoDriverFactory> listener) {
        latecomers = listener;
    }

    /** Tells whether a driver has passed. */
    public boolean hasPassed(IoDriverFactory driver) {
        return passed.get(driver) != null;
    }

    /**
     * Returns what is wrong with a driver, or null if it works, within the given time.
     *
     * @throws Shortage if the result says nothing now, and the driver is to be probed again
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

    /** The result of a probe: a problem, none, or a shortage that leaves it open. */
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
