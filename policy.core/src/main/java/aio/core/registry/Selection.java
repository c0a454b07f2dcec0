package aio.core.registry;

import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicySource;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which policies may become the process-wide one, and which is. One small lock guards it all; policies are made, asked
 * and given back outside of it. Each change is followed by a select, so that the last select publishes the best.
 * Any thread.
 */
final class Selection {
    private final Object lock = new Object();
    private final Contenders contenders;
    private final Candidates candidates;
    private final Installs installs;
    private final Scopes scopes;
    private final SlotTables tables;
    private final Resolver resolver;
    private final Consumer<Step> steps;
    private Consumer<@Nullable EventLoopPolicy> publisher = policy -> {};
    private @Nullable Candidate published;
    private @Nullable EventLoopPolicy publishedPolicy;
    private @Nullable Departed departed;
    private long changes;

    /** The policy that was current until it left, without a successor yet; {@code published} still names it. */
    private record Departed(EventLoopPolicy policy, Cause cause) {}

    Selection(BooleanSupplier strict, LongSupplier clock, Drivers drivers, Consumer<Step> steps) {
        this.contenders = new Contenders(clock);
        this.candidates = contenders.candidates();
        this.installs = contenders.installs();
        this.scopes = new Scopes(contenders);
        this.tables = new SlotTables(strict);
        this.resolver = new Resolver(lock, contenders, tables, drivers);
        this.steps = steps;
    }

    void publishTo(Consumer<@Nullable EventLoopPolicy> newPublisher) {
        synchronized (lock) {
            publisher = newPublisher;
        }
    }

    // ---- what the sources of candidates, code and operator change: each is followed by a select

    void add(Candidate candidate) {
        synchronized (lock) {
            candidates.add(candidate);
        }
    }

    /** Returns the ranking before, or null if the candidate is not there. */
    @Nullable Integer describe(Candidate candidate, Description description) {
        synchronized (lock) {
            int before = candidate.ranking();
            return candidates.describe(candidate, description) ? (Integer) before : null;
        }
    }

    /**
     * Takes a candidate out, and what was installed of the same object; it is not current any more from now on. Returns
     * the cause, with what else there is to say of it; null if the candidate is not there.
     */
    @Nullable Cause remove(Candidate candidate, Cause cause) {
        synchronized (lock) {
            if (!candidates.remove(candidate)) {
                return null;
            }
            Cause told = candidates.isFlapping(candidate) ? cause.with(", held down from now on") : cause;
            candidate.gone = true;
            EventLoopPolicy policy = candidate.policy();
            if (policy != null) {
                installs.removeIf(entry -> Installs.isOf(entry, policy));
            }
            unpublishIfGone(told);
            return told;
        }
    }

    /** {@code setEventLoopPolicy(null)}. */
    void dropInstalls() {
        Candidate chosen = resolver.ranked();
        synchronized (lock) {
            for (Candidate dropped : installs.all()) {
                EventLoopPolicy policy = dropped.policy();
                if (policy != null && candidates.holds(policy)) {
                    tables.remember(policy);
                }
            }
            installs.clear();
            tables.forget(chosen == null ? null : chosen.policy());
        }
    }

    /** {@code setEventLoopPolicy(policy)}. */
    void set(EventLoopPolicy policy, Function<Resolution, Candidate> candidate, Owner installer) {
        Candidate chosen = resolver.ranked();
        Resolution resolution = resolver.resolutionOf(policy);
        synchronized (lock) {
            if (chosen != null && chosen.policy() == policy) {
                installs.clear();
                tables.recall(policy);
            } else if (!installs.uncover(policy)) {
                EventLoopPolicy covered = chosen == null || !installs.isEmpty() ? null : chosen.policy();
                if (covered != null) {
                    tables.settle(covered);
                }
                tables.recallOwn(policy);
                installs.push(new Installs.Entry(new Object(), candidate.apply(resolution), installer, true));
            }
        }
    }

    /** Installs until the returned token is given to {@link #uninstall}; null if there is nothing to undo. */
    @Nullable Object install(
            EventLoopPolicy policy, Function<Resolution, Candidate> candidate, Owner installer) {
        Candidate chosen = resolver.ranked();
        Resolution resolution = resolver.resolutionOf(policy);
        synchronized (lock) {
            boolean isChosen = chosen != null && chosen.policy() == policy;
            if (isChosen && installs.isEmpty()) {
                return null;
            }
            if (!isChosen) {
                tables.recallOwn(policy);
            }
            Candidate installed = isChosen ? null : candidate.apply(resolution);
            Object token = new Object();
            installs.push(new Installs.Entry(token, installed, installer, false));
            return token;
        }
    }

    boolean uninstall(Object token) {
        synchronized (lock) {
            return installs.remove(token);
        }
    }

    /** Undoes what the bundle installed, and what was installed of its classes: from now on none is current. */
    boolean uninstallOf(Owner bundle, Cause cause) {
        synchronized (lock) {
            boolean removed = installs.removeIf(entry -> entry.installer().equals(bundle)
                    || entry.candidate() != null && entry.candidate().owner.equals(bundle));
            unpublishIfGone(cause);
            return removed;
        }
    }

    /** A policy that has left is published no more, with or without a successor. Under the lock. */
    private void unpublishIfGone(Cause cause) {
        EventLoopPolicy policy = publishedPolicy;
        if (policy != null && published != null && !contenders.contains(published)) {
            departed = new Departed(policy, cause);
            publishedPolicy = null;
            publisher.accept(null);
        }
    }

    /** The operator wants something else. */
    void want(UnaryOperator<Choice> change) {
        synchronized (lock) {
            contenders.want(change.apply(contenders.wanted()));
        }
    }

    /** Some loops try a policy before others do, or none do any more; to be followed by a select. */
    void setCanary(@Nullable CanaryRule rule) {
        synchronized (lock) {
            scopes.setCanary(rule);
        }
    }

    Choice wanted() {
        synchronized (lock) {
            return contenders.wanted();
        }
    }

    // ---- caution

    void beCautious(Caution caution) {
        synchronized (lock) {
            candidates.beCautious(caution);
        }
    }

    Caution caution() {
        synchronized (lock) {
            return candidates.caution();
        }
    }

    /** The operator wants a policy: it is held down no more. */
    void pardon(String name) {
        synchronized (lock) {
            candidates.pardon(name);
        }
    }

    /** Holds down no more what has been there long enough; returns it. */
    List<Candidate> release() {
        synchronized (lock) {
            return candidates.release();
        }
    }

    /** Returns in how many nanoseconds the next one is released; null if none is held down. */
    @Nullable Long nextReleaseNanos() {
        synchronized (lock) {
            return candidates.nextReleaseNanos();
        }
    }

    // ---- selecting

    /**
     * Selects until the best candidate is published. Returns what the loops have to do, or null if nothing has changed.
     *
     * @param gone drivers whose policy has gone
     */
    @Nullable Step select(Cause cause, List<IoDriverFactory> gone) {
        while (true) {
            Candidate unmade;
            synchronized (lock) {
                Candidate best = contenders.isClosed() ? published : contenders.choose();
                boolean isMade = best == null || best.resolution != null || contenders.isClosed();
                unmade = isMade ? scopes.unmade(Thread.currentThread()) : best;
                if (unmade == null || contenders.isClosed()) {
                    return publishAll(best, cause, gone);
                }
                if (!unmade.resolving.add(Thread.currentThread())) {
                    // a policy that changes the selection while it is being made: the outer call continues
                    return gone.isEmpty() ? null : enqueued(List.of(Step.quiet(cause, gone)));
                }
            }
            resolver.resolve(unmade);
        }
    }

    /** Publishes what the process has, then what scopes have; returns the first step, which knows the others. */
    private @Nullable Step publishAll(@Nullable Candidate best, Cause cause, List<IoDriverFactory> gone) {
        Step first = publish(best, cause, gone);
        if (scopes.isIdle()) {
            return first == null ? null : enqueued(List.of(first));
        }
        boolean hasNewCanary = scopes.hasNewCanary();
        boolean isQuiet = first == null || !first.isChange();
        List<Step> all = new ArrayList<>();
        if (!contenders.isClosed()) {
            all.addAll(scopes.publish(cause, isQuiet ? gone : List.of(), () -> ++changes));
        }
        if (all.isEmpty() && first == null && hasNewCanary) {
            first = Step.quiet(cause, gone);
        }
        if (first != null && (all.isEmpty() || !isQuiet)) {
            all.add(0, first);
        }
        return all.isEmpty() ? null : enqueued(all);
    }

    private @Nullable Step publish(@Nullable Candidate best, Cause cause, List<IoDriverFactory> gone) {
        Candidate before = published;
        published = best;
        contenders.followed(best);
        EventLoopPolicy policy = best == null ? null : best.policy();
        Departed left = departed;
        departed = null;
        if (policy == (left == null ? publishedPolicy : left.policy())) {
            if (left != null) { // it is there by another way as well
                publishedPolicy = policy;
                publisher.accept(policy);
            }
            boolean nothingToDo = gone.isEmpty() && currentDriver() != null; // else loops that are parked may have
            return nothingToDo ? null : Step.quiet(cause, gone);
        }
        publishedPolicy = policy;
        publisher.accept(policy);
        boolean firstOfClassPath = before == null && best != null && best.source == PolicySource.CLASS_PATH;
        return Step.change(++changes, name(before, best), name(best, before), !firstOfClassPath,
                left == null ? cause : left.cause(), gone);
    }

    private static Optional<String> name(@Nullable Candidate candidate, @Nullable Candidate beside) {
        return Optional.ofNullable(candidate).map(present -> present.nameBeside(beside));
    }

    /** The order of the steps is that of the publications, so this is done under the lock. */
    private Step enqueued(List<Step> decided) {
        Step first = decided.get(0);
        if (decided.size() > 1) {
            first.followedBy(decided.subList(1, decided.size()));
        }
        decided.forEach(steps);
        return first;
    }

    /** Makes sure that a name is one that can be pinned, see {@link Resolver#tryName}. */
    @Nullable String tryName(String reference, Function<List<String>, String> unknown) {
        return resolver.tryName(reference, unknown);
    }

    /** Returns the policy of a name, see {@link Resolver#policyNamed}. */
    EventLoopPolicy policyNamed(String reference, Function<List<String>, String> unknown) {
        return resolver.policyNamed(reference, unknown);
    }

    /** Returns what a candidate that is there says of itself; null if none has that policy. */
    @Nullable Description descriptionOf(EventLoopPolicy policy) {
        synchronized (lock) {
            return contenders.inOrder().stream()
                    .filter(candidate -> candidate.policy() == policy)
                    .map(candidate -> candidate.description)
                    .findFirst()
                    .orElse(null);
        }
    }

    // ---- drivers

    /** Tells whether no scope has a policy of its own, nor had one when it was looked at last. */
    boolean isScopeless() {
        synchronized (lock) {
            return scopes.isIdle();
        }
    }

    Resolution resolutionOf(EventLoopPolicy policy) {
        return resolver.resolutionOf(policy);
    }

    @Nullable IoDriverFactory currentDriver() {
        synchronized (lock) {
            return published == null || departed != null ? null : published.driver();
        }
    }

    @Nullable IoDriverFactory anyDriver(Predicate<IoDriverFactory> condition) {
        return resolver.anyDriver(condition);
    }

    // ---- reading

    @Nullable EventLoopPolicy current() {
        synchronized (lock) {
            return publishedPolicy;
        }
    }

    ContextSlots slots(EventLoopPolicy policy) {
        synchronized (lock) {
            if (!installs.isEmpty() && installs.holds(policy)) {
                return tables.own(policy);
            }
            boolean ranked = publishedPolicy == policy || candidates.holds(policy);
            return ranked ? tables.container() : tables.own(policy);
        }
    }

    /** Returns something about all candidates, in the order in which they would become current. */
    <T extends @Nullable Object> T read(Function<Contenders.View, T> reader) {
        synchronized (lock) {
            return reader.apply(contenders.view(published, scopes));
        }
    }

    // ---- the end of things

    void purge(Predicate<Class<?>> gone) {
        synchronized (lock) {
            tables.purge(gone);
        }
    }

    /** Publishes nothing any more; returns the candidates whose policies are to be given back. */
    List<Candidate> close() {
        synchronized (lock) {
            published = null;
            publishedPolicy = null;
            departed = null;
            scopes.close();
            return contenders.close();
        }
    }
}
