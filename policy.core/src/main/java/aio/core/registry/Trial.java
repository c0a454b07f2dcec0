package aio.core.registry;

import aio.core.guard.Judge;
import aio.core.guard.Limits;
import aio.core.guard.Reading;
import aio.core.loop.Observation;
import aio.core.time.Durations;
import aio.loop.EventLoop;
import aio.policy.Canary;
import aio.policy.PinOptions;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import aio.spi.IoDriverFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One policy that is tried: which loops, since when, what is seen. One thread looks; {@link Trials} guards where it
 * stands.
 */
final class Trial {
    private final long number;
    final String policy;
    final PinOptions options;
    /** When the pin ends by itself if it is kept; null if it does not. */
    final @Nullable Instant until;
    /** What the operator had pinned in that scope before; null for nothing. */
    final @Nullable String before;
    /** Which loops go first; null if all do. */
    final @Nullable CanaryRule rule;
    /** Whether the configuration says so, and not the operator: then it has the new pin already. */
    final boolean configured;
    private final Instant began = Instant.now();
    private final Predicate<? super EventLoop> tried;
    private final Judge judge;
    private volatile @Nullable Observation observation; // null without a watch: loops are not held
    private volatile Set<EventLoop> moved = newSet();
    private long endNanos;
    private @Nullable String problem;
    // Written under the monitor, the text before the state: a reader that finds it over also finds how it ended.
    private volatile TrialState state;
    private volatile String text = "";

    /** What is shown of a trial. */
    private record Shown(
            long number, String policy, Optional<Canary> canary, TrialState state, Instant began,
            Optional<Instant> until, String text)
            implements PolicyTrial {}

    Trial(long number, String policy, PinOptions options, @Nullable Instant until, @Nullable String before,
            @Nullable CanaryRule rule, boolean configured, Observation observation) {
        this.until = until;
        this.number = number;
        this.policy = policy;
        this.options = options;
        this.before = before;
        this.rule = rule;
        this.configured = configured;
        this.observation = observation;
        this.tried = rule == null ? CanaryLoops.of(options.scope()) : rule.loops();
        this.judge = new Judge(new Limits(
                options.maxLag().orElse(Limits.MAX_LAG), options.maxErrors().orElse(Limits.MAX_ERRORS)));
        this.state = isWatched() ? TrialState.WATCHED : TrialState.STAYING;
    }

    boolean isWatched() {
        return !options.watch().isZero();
    }

    boolean isOver() {
        return state.isOver();
    }

    synchronized void end(TrialState last, String how) {
        text = how;
        state = last;
        forget();
    }

    private void forget() {
        observation = null;
        moved = newSet();
    }

    private static Set<EventLoop> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    PolicyTrial shown() {
        Optional<Instant> decided = isWatched()
                ? Optional.of(began.plusNanos(Durations.nanos(options.watch()))) : Optional.empty();
        return new Shown(number, policy, options.canary(), state, began, decided, text);
    }

    /** The loops that go first have been asked to, at that time; what the exchange lost is held against it. */
    void begun(long nanos, int lost) {
        endNanos = nanos + Durations.nanos(options.watch());
        if (lost > 0) {
            problem = lost + " connections were lost in the exchange: expected none";
        }
        Observation present = observation;
        if (present != null && isWatched()) {
            present.settled();
        } else {
            forget();
        }
    }

    boolean isTimeUp(long nanos) {
        return nanos - endNanos >= 0;
    }

    /** Returns what is seen, for people. */
    String text() {
        return text;
    }

    /**
     * Looks once; returns what is wrong, or null.
     *
     * @param driver what the policy brings
     * @param last whether it is the last look: then loops that have not gone there at all are named
     */
    @Nullable String look(IoDriverFactory driver, boolean last) {
        Observation present = observation;
        if (present == null) {
            return null; // it is over
        }
        List<Observation.Seen> mine = new ArrayList<>();
        List<Reading> others = new ArrayList<>();
        for (Observation.Seen seen : present.look()) {
            if (!seen.follows() || !tried.test(seen.loop())) {
                others.add(seen.now());
            } else {
                mine.add(seen);
            }
        }
        if (rule == null || others.isEmpty()) { // then with what they did before
            others = mine.stream().map(Observation.Seen::before).toList();
        }
        List<Reading> readings = mine.stream().map(Observation.Seen::now).toList();
        String found = problem == null ? standing(mine, driver, last) : problem;
        found = found == null ? judge.fault(readings, others) : found;
        String seen = String.format(Locale.ROOT, "%s of %s on '%s': %s", moved.size(),
                Change.count(mine.size(), "loop"), policy, Judge.summary(readings, others));
        say(seen);
        return found;
    }

    private synchronized void say(String seen) {
        if (!state.isOver()) {
            text = seen;
        }
    }

    private @Nullable String standing(List<Observation.Seen> mine, IoDriverFactory driver, boolean last) {
        for (Observation.Seen seen : mine) {
            if (seen.driver() == driver) {
                moved.add(seen.loop());
            } else if (seen.driver() != null && moved.contains(seen.loop())) {
                return "loop '" + seen.loop().name() + "' has given up its driver: expected that it works";
            } else if (seen.driver() != null && last) {
                return "loop '" + seen.loop().name() + "' has not taken its driver: expected that it has by now";
            }
        }
        return null;
    }
}
