package aio.core.registry;

import aio.core.kernel.wanted.Wanted;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may become the process-wide policy, and in which order: pinned by the operator, installed by code,
 * ranked. Belongs to the lock of {@link Selection}.
 */
final class Contenders {
    private final Candidates candidates;
    private final Installs installs = new Installs();
    private Choice wanted = Choice.NONE;
    private boolean closed;

    /**
     * Makes it.
     *
     * @param clock the time by which candidates are held down
     */
    Contenders(LongSupplier clock) {
        candidates = new Candidates(new HoldDown(clock));
    }

    Candidates candidates() {
        return candidates;
    }

    Installs installs() {
        return installs;
    }

    /** Returns what the operator wants. */
    Choice wanted() {
        return wanted;
    }

    void want(Choice choice) {
        wanted = choice;
        candidates.want(choice);
    }

    /** Returns the best one, or null. */
    @Nullable Candidate choose() {
        String pin = wanted.pin();
        Candidate named = pin == null ? null : named(pin, false);
        if (named != null) {
            return named;
        }
        return installs.best(candidates.best());
    }

    /** One has become current, or none. */
    void followed(@Nullable Candidate current) {
        String pin = wanted.pin();
        candidates.followed(current, current != null && pin != null && current.answersTo(pin));
    }

    /** Returns the first one of a name: one that is not refused, else, if that is wanted, one that is. */
    @Nullable Candidate named(String reference, boolean alsoRefused) {
        Candidate refused = null;
        for (Candidate candidate : inOrder()) {
            if (candidate.answersTo(reference)) {
                if (candidate.refusal == null) {
                    return candidate;
                }
                refused = refused == null ? candidate : refused;
            }
        }
        return alsoRefused ? refused : null;
    }

    /** Returns all, the best first, whatever is pinned. */
    List<Candidate> inOrder() {
        List<Candidate> all = installs.all();
        all.addAll(candidates.all());
        return all;
    }

    /** Returns all in the order in which they would become current: what is pinned comes first. */
    List<Candidate> succession() {
        List<Candidate> all = installs.all();
        all.addAll(candidates.inTurn());
        return pinnedFirst(all);
    }

    /** Returns those whose policy brings a driver, in the same order: it costs nothing for all others. */
    List<Candidate> drivenInSuccession() {
        if (candidates.isNoneDriven() && installs.isEmpty() && wanted.pin() == null) {
            return List.of();
        }
        List<Candidate> all = installs.all();
        all.addAll(candidates.drivenInTurn());
        return pinnedFirst(all);
    }

    /** Tells whether a candidate is among those that may become current. */
    boolean contains(Candidate candidate) {
        return candidates.contains(candidate) || installs.all().contains(candidate);
    }

    private List<Candidate> pinnedFirst(List<Candidate> all) {
        String pin = wanted.pin();
        if (pin == null) {
            return all;
        }
        List<Candidate> pinned = new ArrayList<>(all);
        pinned.removeIf(candidate -> !candidate.answersTo(pin) || candidate.refusal != null);
        Candidate refused = pinned.isEmpty() ? named(pin, true) : null;
        if (refused != null) {
            pinned.add(refused);
        }
        all.removeAll(pinned);
        all.addAll(0, pinned);
        return all;
    }

    /** Returns what may be read, all in the order in which they would become current. */
    View view(@Nullable Candidate current, Scopes scopes) {
        String pin = wanted.pin();
        return new View(this, current, pin == null ? null : named(pin, true), pin, installs,
                candidates, scopes, scopes.present());
    }

    /** Tells whether {@link #close} was called: nothing is chosen any more. */
    boolean isClosed() {
        return closed;
    }

    /** Forgets all for good; returns those that were ranked. */
    List<Candidate> close() {
        closed = true;
        installs.clear();
        List<Candidate> all = candidates.all();
        for (Candidate candidate : all) {
            candidates.remove(candidate);
            candidate.gone = true;
        }
        return all;
    }

    /** What {@link Selection#read} shows; not to be kept. */
    record View(
            Contenders contenders,
            @Nullable Candidate current,
            @Nullable Candidate named,
            @Nullable String pin,
            Installs installs,
            Candidates ranked,
            Scopes scopes,
            Map<PolicyScope, Candidate> scoped) {

        /** Returns all in the order in which they would become current. */
        List<Candidate> candidates() {
            return contenders.succession();
        }

        /** Returns those whose policy brings a driver, in the same order; installed ones in any case. */
        List<Candidate> driven() {
            return contenders.drivenInSuccession();
        }

        /** Returns the rule that brings the loops of a scope to a driver. */
        Wanted.Rule rule(PolicyScope scope, IoDriverFactory driver) {
            return scopes.rule(scope, driver);
        }

        /** Returns the first one of a name: one that is not refused, else one that is; null if there is none. */
        @Nullable Candidate first(String reference) {
            Candidate refused = null;
            for (Candidate each : candidates()) {
                if (each.answersTo(reference)) {
                    if (each.refusal == null) {
                        return each;
                    }
                    refused = refused == null ? each : refused;
                }
            }
            return refused;
        }

        /** Returns the scopes that have a candidate. */
        List<PolicyScope> scopesOf(Candidate candidate) {
            return scoped.keySet().stream().filter(scope -> scoped.get(scope) == candidate).toList();
        }
    }
}
