package aio.core.registry;

import aio.core.kernel.wanted.Wanted;
import aio.core.loop.Loops;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which policies have loops of their own: those of a canary, and those of the scopes that the operator has pinned.
 * Belongs to the lock of {@link Selection}.
 */
final class Scopes {
    private final Contenders contenders;
    private @Nullable CanaryRule canary;
    private Map<PolicyScope, Chosen> published = Map.of();
    private boolean isCanaryNew;

    /** What a scope has: the policy too, for a candidate that has left has none any more. */
    private record Chosen(Candidate candidate, @Nullable EventLoopPolicy policy) {}

    Scopes(Contenders contenders) {
        this.contenders = contenders;
    }

    void setCanary(@Nullable CanaryRule rule) {
        canary = rule;
        isCanaryNew = true;
    }

    /** Tells once whether there is another canary, or none any more, than when it was asked last. */
    boolean hasNewCanary() {
        boolean isNew = isCanaryNew;
        isCanaryNew = false;
        return isNew;
    }

    /** Tells whether no scope has a policy of its own, or had one when it was looked at last. */
    boolean isIdle() {
        return canary == null && !isCanaryNew && published.isEmpty() && contenders.wanted().scopes().isEmpty();
    }

    /** Returns the policy that each scope names, whether or not it is there, in the order in which scopes count. */
    private Map<PolicyScope, String> named() {
        Map<PolicyScope, String> pinned = contenders.wanted().scopes();
        if (canary == null) {
            return pinned;
        }
        Map<PolicyScope, String> all = new TreeMap<>(pinned);
        all.put(canary.scope(), canary.policy());
        return all;
    }

    /** Returns a candidate that a scope has and that was not made yet; not one that a thread is making. */
    @Nullable Candidate unmade(Thread maker) {
        for (String name : named().values()) {
            Candidate candidate = contenders.named(name, false);
            if (candidate != null && candidate.resolution == null && !candidate.resolving.contains(maker)) {
                return candidate;
            }
        }
        return null;
    }

    /** Returns what each scope has whose policy is there and works, in the order in which scopes count. */
    Map<PolicyScope, Candidate> present() {
        Map<PolicyScope, String> named = named();
        if (named.isEmpty()) {
            return Map.of();
        }
        Map<PolicyScope, Candidate> present = new TreeMap<>();
        named.forEach((scope, name) -> {
            Candidate candidate = contenders.named(name, false);
            if (candidate != null && candidate.resolution != null) {
                present.put(scope, candidate);
            }
        });
        return present;
    }

    /** Returns the steps of those scopes that have another policy than before. */
    List<Step> publish(Cause cause, List<IoDriverFactory> gone, LongSupplier numbers) {
        Map<PolicyScope, Candidate> present = present();
        if (present.isEmpty() && published.isEmpty()) {
            return List.of();
        }
        Map<PolicyScope, Chosen> next = new TreeMap<>();
        present.forEach((scope, candidate) -> next.put(scope, new Chosen(candidate, candidate.policy())));
        Map<PolicyScope, Chosen> before = published;
        published = next;
        TreeSet<PolicyScope> all = new TreeSet<>(before.keySet());
        all.addAll(next.keySet());
        List<Step> steps = new ArrayList<>();
        for (PolicyScope scope : all) {
            Chosen old = before.get(scope);
            Chosen now = next.get(scope);
            if (policy(old) != policy(now)) {
                steps.add(Step.scoped(numbers.getAsLong(), scope, name(old, now), name(now, old), cause, gone));
            }
        }
        return steps;
    }

    private static @Nullable EventLoopPolicy policy(@Nullable Chosen chosen) {
        return chosen == null ? null : chosen.policy();
    }

    private static Optional<String> name(@Nullable Chosen chosen, @Nullable Chosen beside) {
        return Optional.ofNullable(chosen)
                .map(present -> present.candidate().nameBeside(beside == null ? null : beside.candidate()));
    }

    /** Returns the rule that brings the loops of a scope to a driver. */
    Wanted.Rule rule(PolicyScope scope, IoDriverFactory driver) {
        CanaryRule trial = canary;
        return switch (scope.kind()) {
            case LOOP -> Loops.ruleForName(scope, scope.loopName().orElseThrow(), driver);
            case BUNDLE -> Loops.ruleForMaker(scope, scope.bundleId().orElseThrow(), driver);
            case PROCESS -> Wanted.Rule.everyLoop(driver);
            case CANARY -> {
                if (trial == null) {
                    throw new IllegalStateException("there is no canary, and " + scope + " is asked for");
                }
                yield new Wanted.Rule(trial, trial.loops(), driver);
            }
        };
    }

    /** Forgets all. */
    void close() {
        canary = null;
        published = Map.of();
    }
}
