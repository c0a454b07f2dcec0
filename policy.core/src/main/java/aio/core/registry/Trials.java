package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.loop.Observation;
import aio.loop.EventLoop;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyChange;
import aio.policy.PolicyScope;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Policies that are tried: some loops go first, all are looked at, and it ends well, or what held before holds again.
 * One is tried at a time. Any thread; loops are moved without a lock.
 */
final class Trials {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final long LOOK_NANOS = 100_000_000;

    private final Selection selection;
    private final Followers followers;
    private final Times times;
    private final Timer timer;
    private final Moves moves;
    private @Nullable Trial latest; // guarded by this
    private long count; // guarded by this

    /** Lets the loops follow what a trial has decided. */
    interface Moves {

        /** Returns the change of a scope, if there is one; what is wanted then is written, if that is asked for. */
        Optional<PolicyChange> settle(PolicyScope scope, Cause cause, boolean isWritten);
    }

    /** What is known of the policy that is tried. */
    private record Known(@Nullable String problem, @Nullable IoDriverFactory driver) {}

    Trials(Selection selection, Followers followers, Times times, Moves moves) {
        this.selection = selection;
        this.followers = followers;
        this.times = times;
        this.moves = moves;
        this.timer = times.timers().apply(this::look);
    }

    /**
     * Begins one: the loops that go first are asked to, and waited for.
     *
     * @param until when the pin is to end by itself if it is kept; null if it is not
     * @param who the operator, as changes name him
     * @param configured whether the configuration says so
     * @throws IllegalArgumentException if no loop would go first
     */
    Optional<PolicyChange> begin(
            String policy, @Nullable Instant until, PinOptions options, String who, boolean configured) {
        PolicyScope scope = ScopeEntries.shown(options.scope());
        Observation observation = followers.observe();
        CanaryRule rule = ruleOf(policy, options, observation.look());
        Trial trial;
        Trial before;
        synchronized (this) { // what is wanted, and the trial that says so, are one
            before = ended("another policy is tried: '" + Text.clean(policy) + "'");
            trial = new Trial(++count, Text.clean(policy), options, until, selection.wanted().pinIn(scope), rule,
                    configured, observation);
            latest = trial;
            selection.setCanary(rule);
            if (rule == null) {
                selection.want(present -> present.withPin(scope, policy));
            }
        }
        tellEnd(before);
        Optional<PolicyChange> change = moves.settle(
                rule == null ? scope : rule.scope(), beginning(trial, who), /* isWritten= */ false);
        trial.begun(times.clock().getAsLong(), change.map(PolicyChange::lost).orElse(0));
        if (trial.isWatched()) {
            timer.set(LOOK_NANOS);
        }
        return change;
    }

    private static Cause beginning(Trial trial, String operator) {
        String who = trial.configured ? "configuration" : operator;
        String watched = trial.isWatched() ? ", watched for " + seconds(trial.options) : "";
        Cause cause = trial.rule == null
                ? Cause.byOperator(ChangeReason.PINNED, who + " pinned it" + watched)
                : Cause.byOperator(ChangeReason.TRIED, who + " tries it on " + trial.rule.text() + watched);
        return cause.named(operator);
    }

    private static String seconds(PinOptions options) {
        return Planner.seconds(options.watch());
    }

    private static @Nullable CanaryRule ruleOf(String policy, PinOptions options, List<Observation.Seen> open) {
        if (options.canary().isEmpty()) {
            return null;
        }
        String text = options.canary().get().toString();
        Predicate<EventLoop> loops = CanaryLoops.of(options.canary().get(), options.scope(), open);
        if (open.stream().noneMatch(seen -> seen.follows() && loops.test(seen.loop()))) {
            String names = open.stream().filter(Observation.Seen::follows).map(seen -> seen.loop().name()).sorted()
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("no loop is in the canary " + text
                    + ": expected one that is open and follows the policy; these do: "
                    + (names.isEmpty() ? "none" : names));
        }
        return new CanaryRule(loops, policy, text);
    }

    // ---- looking

    private void look() {
        Trial trial;
        synchronized (this) {
            trial = latest;
        }
        if (trial == null || trial.isOver() || !trial.isWatched()) {
            return;
        }
        boolean last = trial.isTimeUp(times.clock().getAsLong());
        Known known = known(trial.policy);
        String problem = known.problem();
        if (problem == null && known.driver() != null) {
            problem = trial.look(known.driver(), last);
        }
        if (problem != null) {
            rollBack(trial, problem);
        } else if (last) {
            pass(trial);
        } else {
            timer.set(LOOK_NANOS);
        }
    }

    private Known known(String policy) {
        return selection.read(view -> {
            Candidate found = view.first(policy);
            if (found == null) {
                return new Known("policy '" + policy + "' has left: expected that it stays", null);
            }
            return found.refusal == null
                    ? new Known(null, found.driver())
                    : new Known("policy '" + policy + "' is refused: " + found.refusal
                            + ": expected that it works", null);
        });
    }

    private void pass(Trial trial) {
        String seen = "watched for " + seconds(trial.options) + " without a fault, " + trial.text();
        String expected = trial.rule == null ? trial.policy : trial.before;
        PolicyScope scope = ScopeEntries.shown(trial.options.scope());
        if (decide(trial, TrialState.PASSED, seen, present -> !Objects.equals(present.pinIn(scope), expected)
                ? present : end(trial, present.withPin(scope, trial.policy)))) {
            moves.settle(scope, Cause.byThread(ChangeReason.TRIAL_PASSED, seen), /* isWritten= */ true);
            LOG.log(Level.INFO,
                    "policy: '" + trial.policy + "' is pinned for " + scope + ": " + seen);
        }
    }

    private static Choice end(Trial trial, Choice pinned) {
        return trial.until == null ? pinned : pinned.withUntil(trial.until);
    }

    private void rollBack(Trial trial, String problem) {
        PolicyScope scope = ScopeEntries.shown(trial.options.scope());
        if (decide(trial, TrialState.ROLLED_BACK, problem, present ->
                trial.rule == null && Objects.equals(present.pinIn(scope), trial.policy)
                        ? present.withPin(scope, trial.before) : present)) {
            Cause cause = Cause.byThread(ChangeReason.ROLLED_BACK, "rolled back: " + problem);
            moves.settle(trial.rule == null ? scope : trial.rule.scope(), cause, /* isWritten= */ true);
            LOG.log(Level.WARNING, "policy: '" + trial.policy + "' is rolled back: " + problem
                    + "; what held before holds again: see policy:history and loop:blocked, mend the policy, or allow"
                    + " more with max.lag or max.errors");
        }
    }

    /** One decides: the guard, or another choice of the operator. */
    private synchronized boolean decide(Trial trial, TrialState state, String text, UnaryOperator<Choice> change) {
        if (trial.isOver()) {
            return false;
        }
        trial.end(state, text);
        selection.setCanary(null);
        selection.want(change);
        return true;
    }

    // ---- others

    /** The operator, or the configuration, chooses something else, and selects then. */
    void endBy(String what) {
        Trial trial;
        synchronized (this) {
            trial = ended(what);
            if (trial != null) {
                selection.setCanary(null);
            }
        }
        tellEnd(trial);
    }

    /** To be called under the lock. */
    private @Nullable Trial ended(String what) {
        Trial trial = latest;
        if (trial == null || trial.isOver()) {
            return null;
        }
        trial.end(TrialState.ENDED, what);
        return trial;
    }

    private static void tellEnd(@Nullable Trial trial) {
        if (trial != null) {
            LOG.log(Level.INFO,
                    "policy: the trial of '" + trial.policy + "' has ended undecided: " + trial.text());
        }
    }

    /** Returns what is to be written: a trial that is under way is not, unless the configuration has begun it. */
    synchronized Choice written(Choice wanted) {
        Trial trial = latest;
        if (trial == null || trial.isOver()) {
            return wanted;
        }
        if (trial.configured) {
            return wanted.withPin(trial.options.scope(), trial.policy).withUntil(trial.until);
        }
        return trial.rule != null ? wanted : wanted.withPin(trial.options.scope(), trial.before);
    }

    /** Returns the one that is under way, else the last one; empty if there was none. */
    synchronized Optional<PolicyTrial> shown() {
        return Optional.ofNullable(latest).map(Trial::shown);
    }

    void close() {
        timer.close();
        Trial trial;
        synchronized (this) {
            trial = ended("the core stops");
        }
        tellEnd(trial);
    }
}
