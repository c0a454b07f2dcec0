package aio.core.registry;

import aio.core.kernel.Outcome;
import aio.core.loop.Round;
import aio.policy.ChangeActor;
import aio.policy.ChangeReason;
import aio.policy.PolicyChange;
import aio.policy.PolicyScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One change as it is remembered: names and numbers, nothing of a bundle. Immutable. */
record Change(
        long number,
        PolicyScope scope,
        Instant when,
        Optional<String> from,
        Optional<String> to,
        ChangeReason reason,
        String cause,
        ChangeActor actor,
        String who,
        Duration duration,
        int loops,
        int toFollow,
        int kept,
        int lost,
        Duration longestPause,
        List<String> stayed)
        implements PolicyChange {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Returns the change with what became of a loop that was still to follow. */
    Change followed(Round.Late loop, Outcome outcome) {
        List<String> stayedNow = new ArrayList<>(stayed);
        stayedNow.remove(loop.why());
        stayedNow.addAll(outcome.stayed());
        long pause = Math.max(longestPause.toNanos(), outcome.longestPauseNanos());
        return new Change(number, scope, when, from, to, reason, cause, actor, who, duration,
                loops + outcome.moved(), toFollow - 1, kept + outcome.kept(), lost + outcome.lost(),
                Duration.ofNanos(pause), List.copyOf(stayedNow));
    }

    @Override
    public String summary() {
        String line = where() + name(from) + " -> " + name(to) + " (" + cause + "); " + count(loops, "loop")
                + (toFollow == 0 ? "" : ", " + toFollow + " still to follow") + ", "
                + count(kept, "connection") + " kept, " + lost + " lost, longest pause "
                + String.format(Locale.ROOT, "%.1f ms", longestPause.toNanos() / NANOS_PER_MILLI);
        return stayed.isEmpty() ? line : line + "; stayed: " + String.join("; ", stayed);
    }

    private String where() {
        return scope.isProcess() ? "" : scope + ": ";
    }

    private String name(Optional<String> policy) {
        return policy.orElse(scope.isProcess() ? "none" : PolicyScope.process().toString());
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
