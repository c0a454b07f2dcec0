package aio.core.registry;

import aio.core.kernel.Outcome;
import aio.core.loop.Round;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the loops have yet to do after the registry decided: follow the new policy, leave drivers that are gone. Fields
 * that change belong to the lock of {@link Exchanges}.
 */
final class Step {
    static final long QUIET = 0;

    private final long number;
    private final PolicyScope scope;
    private final Optional<String> from;
    private final Optional<String> to;
    private final boolean announced;
    private final List<IoDriverFactory> gone;
    final Cause cause;
    boolean done;
    @Nullable Change change;
    List<Round.Late> late = List.of();
    private List<Step> rest = List.of(); // set once, before other threads know the step

    private Step(
            long number,
            PolicyScope scope,
            Optional<String> from,
            Optional<String> to,
            boolean announced,
            Cause cause,
            List<IoDriverFactory> gone) {
        this.number = number;
        this.scope = scope;
        this.from = from;
        this.to = to;
        this.announced = announced;
        this.cause = cause;
        this.gone = List.copyOf(gone);
    }

    /** The policy changed. */
    static Step change(
            long number,
            Optional<String> from,
            Optional<String> to,
            boolean announced,
            Cause cause,
            List<IoDriverFactory> gone) {
        return new Step(number, PolicyScope.process(), from, to, announced, cause, gone);
    }

    /** The policy of a scope changed; empty names mean that its loops go where others do. */
    static Step scoped(
            long number,
            PolicyScope scope,
            Optional<String> from,
            Optional<String> to,
            Cause cause,
            List<IoDriverFactory> gone) {
        return new Step(number, scope, from, to, true, cause, gone);
    }

    /** The policy is the same, but the loops may have to do something. */
    static Step quiet(Cause cause, List<IoDriverFactory> gone) {
        return new Step(QUIET, PolicyScope.process(), Optional.empty(), Optional.empty(), false, cause, gone);
    }

    /** Lets others of the same decision follow this step. */
    void followedBy(List<Step> others) {
        rest = List.copyOf(others);
    }

    /** Returns what is to be done after this one, of the same decision. */
    List<Step> rest() {
        return rest;
    }

    /** Returns the step of the decision that is about a scope; null if there is none. */
    @Nullable Step of(PolicyScope wanted) {
        if (isChange() && scope.equals(wanted)) {
            return this;
        }
        return rest.stream().filter(step -> step.scope.equals(wanted)).findFirst().orElse(null);
    }

    PolicyScope scope() {
        return scope;
    }

    boolean isChange() {
        return number != QUIET;
    }

    boolean isAnnounced() {
        return announced;
    }

    List<IoDriverFactory> gone() {
        return gone;
    }

    Change result(Outcome outcome, int toFollow) {
        return new Change(
                number,
                scope,
                cause.when(),
                from,
                to,
                cause.reason(),
                cause.text(),
                cause.actor(),
                cause.who(),
                Duration.ofNanos(System.nanoTime() - cause.startNanos()),
                outcome.moved(),
                toFollow,
                outcome.kept(),
                outcome.lost(),
                Duration.ofNanos(outcome.longestPauseNanos()),
                List.copyOf(outcome.stayed()));
    }
}
