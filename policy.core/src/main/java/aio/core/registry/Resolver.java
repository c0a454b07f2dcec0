package aio.core.registry;

import aio.policy.EventLoopPolicy;
import aio.spi.IoDriverFactory;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gets the policies of candidates and asks them for their drivers: user code, which is called without the lock of
 * {@link Selection}. Any thread.
 */
final class Resolver {
    private final Object lock;
    private final Contenders contenders;
    private final SlotTables tables;
    private final Drivers drivers;

    /**
     * Makes a resolver.
     *
     * @param lock guards what the others hold
     */
    Resolver(Object lock, Contenders contenders, SlotTables tables, Drivers drivers) {
        this.lock = lock;
        this.contenders = contenders;
        this.tables = tables;
        this.drivers = drivers;
    }

    /**
     * Gets a policy and asks it for its driver: user code, so no lock. The caller has noted this thread as resolving.
     */
    void resolve(Candidate candidate) {
        try {
            Resolution.Attempt attempt = Resolution.attempt(candidate);
            EventLoopPolicy surplus = keep(candidate, attempt.found(), attempt.refusal());
            if (surplus != null) {
                Resolution.giveBack(candidate, surplus);
            }
        } finally {
            synchronized (lock) {
                candidate.resolving.remove(Thread.currentThread()); // or this thread could never select again
            }
        }
    }

    private @Nullable EventLoopPolicy keep(
            Candidate candidate, @Nullable Resolution found, @Nullable String refusal) {
        synchronized (lock) {
            if (candidate.gone || contenders.isClosed() || candidate.resolution != null) {
                return found == null ? null : found.policy();
            }
            candidate.resolution = found;
            candidate.refusal = refusal;
            if (found != null) {
                tables.share(found.policy());
                if (found.driver() != null) {
                    contenders.candidates().driven(candidate);
                    drivers.add(found.driver());
                }
            }
            return null;
        }
    }

    /** Returns the ranked candidate that would be chosen if there were no pin and no installation, resolved. */
    @Nullable Candidate ranked() {
        while (true) {
            Candidate best;
            synchronized (lock) {
                best = contenders.candidates().best();
                if (best == null || best.resolution != null || contenders.isClosed()
                        || !best.resolving.add(Thread.currentThread())) {
                    return best;
                }
            }
            resolve(best);
        }
    }

    /**
     * Returns the candidate of a name, resolved unless it is refused, or this thread is resolving it; null if there is
     * none.
     */
    @Nullable Candidate named(String reference) {
        while (true) {
            Candidate candidate;
            synchronized (lock) {
                candidate = contenders.named(reference, true);
                if (candidate == null || candidate.resolution != null
                        || !candidate.resolving.add(Thread.currentThread())) {
                    return candidate;
                }
            }
            resolve(candidate);
            synchronized (lock) {
                if (candidate.refusal != null && !candidate.gone) {
                    return candidate;
                }
            }
        }
    }

    /** Returns the resolution of a policy that code has; asks it for its driver if none is known. */
    Resolution resolutionOf(EventLoopPolicy policy) {
        synchronized (lock) {
            for (Candidate candidate : contenders.inOrder()) {
                Resolution known = candidate.resolution;
                if (known != null && known.policy() == policy) {
                    return known;
                }
            }
        }
        Resolution found = Resolution.of(policy);
        if (found.driver() != null) {
            drivers.add(found.driver());
        }
        return found;
    }

    /**
     * Returns the driver of the best candidate that has one: for loops that would be parked otherwise.
     *
     * @param condition what holds for it; asked with a lock held
     */
    @Nullable IoDriverFactory anyDriver(Predicate<IoDriverFactory> condition) {
        List<Candidate> all;
        synchronized (lock) {
            all = contenders.succession();
        }
        for (Candidate candidate : all) {
            boolean resolving;
            synchronized (lock) {
                resolving = !contenders.isClosed() && candidate.resolution == null && candidate.refusal == null
                        && candidate.resolving.add(Thread.currentThread());
            }
            if (resolving) {
                resolve(candidate);
            }
            synchronized (lock) {
                IoDriverFactory driver = candidate.usableDriver();
                if (driver != null && condition.test(driver)) {
                    return driver;
                }
            }
        }
        return null;
    }

    /** Makes sure that a name is one that can be pinned. Returns null, or why it cannot. */
    @Nullable String tryName(String reference, Function<List<String>, String> unknown) {
        Candidate candidate = named(reference);
        synchronized (lock) {
            if (candidate != null && candidate.resolution != null) {
                candidate.refusal = null; // the operator wants it: its driver may be probed again
                return null;
            }
            return problemOf(reference, candidate, unknown);
        }
    }

    /**
     * Returns the policy of a name, made if need be.
     *
     * @throws IllegalArgumentException if there is none, or it cannot be made
     * @throws IllegalStateException if this thread is making it
     */
    EventLoopPolicy policyNamed(String reference, Function<List<String>, String> unknown) {
        Candidate candidate = named(reference);
        synchronized (lock) {
            EventLoopPolicy policy = candidate == null ? null : candidate.policy();
            if (policy != null) {
                return policy;
            }
            String problem = problemOf(reference, candidate, unknown);
            if (problem != null) {
                throw new IllegalArgumentException(problem);
            }
            throw new IllegalStateException("policy '" + reference + "' is being made by this thread:"
                    + " it cannot be asked for before it is made");
        }
    }

    /** To be called under the lock. */
    private @Nullable String problemOf(
            String reference, @Nullable Candidate candidate, Function<List<String>, String> unknown) {
        if (candidate == null) {
            return unknown.apply(contenders.inOrder().stream().map(Candidate::name).distinct().toList());
        }
        return candidate.refusal == null ? null : "policy '" + reference + "' is refused: " + candidate.refusal;
    }
}
