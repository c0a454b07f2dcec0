package aio.core.registry;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.core.guard.Limits;
import aio.core.loop.Observation;
import aio.core.time.Durations;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.policy.Canary;
import aio.policy.PinOptions;
import aio.policy.PlannedStep;
import aio.policy.PolicyPlan;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what would happen if a policy were pinned: by what is known now, it makes and asks nothing. One thread. */
final class Planner {
    private final String name;
    private final PinOptions options;
    private final Target target;
    private final Choice wanted;
    private final List<Observation.Seen> open;

    /**
     * What is known of the policy.
     *
     * @param made whether it has been made: before that its driver is not known
     * @param refusal why it is refused; null if it is not
     * @param probed whether its driver has passed its probe
     * @param current the name of the policy that is current; null if none is
     */
    record Target(
            boolean made, @Nullable String refusal, @Nullable IoDriverFactory driver, boolean probed,
            @Nullable String current) {}

    Planner(String name, PinOptions options, Target target, Choice wanted, List<Observation.Seen> open) {
        this.name = name;
        this.options = options;
        this.target = target;
        this.wanted = wanted;
        this.open = open;
    }

    PolicyPlan plan() {
        Predicate<EventLoop> inScope = CanaryLoops.of(options.scope());
        Predicate<EventLoop> first = options.canary()
                .map(canary -> CanaryLoops.of(canary, options.scope(), open)).orElse(inScope);
        List<PolicyPlan.PlannedLoop> rows = open.stream()
                .sorted(Comparator.comparing(seen -> seen.loop().name()))
                .<PolicyPlan.PlannedLoop>map(seen -> row(seen, inScope.test(seen.loop()), first.test(seen.loop())))
                .toList();
        return new Plan(Text.clean(name), Optional.ofNullable(target.current()), rows, notes(rows));
    }

    private Plan.Row row(Observation.Seen seen, boolean inScope, boolean first) {
        LoopInfo info = seen.loop().info();
        String keeper = keeper(seen, inScope, first);
        boolean later = keeper == null && !first;
        if (later && options.watch().isZero()) {
            keeper = "not in the canary: it stays until the policy is pinned without one";
        }
        PlannedStep step = keeper != null ? PlannedStep.STAYS : later ? PlannedStep.MOVES_LATER : PlannedStep.MOVES;
        String why = keeper != null ? keeper : later
                ? "after the canary has passed its watch of " + seconds()
                : options.canary().isPresent() ? "canary" : "it follows";
        return new Plan.Row(info.name(), info.driver(), step, why, info.connections() + info.connecting());
    }

    /** Returns why a loop would stay; null if nothing keeps it. */
    private @Nullable String keeper(Observation.Seen seen, boolean inScope, boolean first) {
        if (target.refusal() != null) {
            return "the policy is refused";
        }
        if (target.made() && target.driver() == null) {
            return "the policy brings no driver: loops that run keep theirs";
        }
        if (!seen.follows()) {
            return "it does not follow: it was made so";
        }
        if (!inScope) {
            return "not in the scope " + options.scope();
        }
        if (seen.driver() != null && seen.driver() == target.driver()) {
            return "it is on driver '" + DriverCalls.nameOf(seen.driver()) + "' already";
        }
        return first && options.canary().isPresent() ? null : pinned(seen.loop()); // a canary goes before all pins
    }

    private @Nullable String pinned(EventLoop loop) {
        for (Map.Entry<PolicyScope, String> pin : wanted.scopes().entrySet()) {
            PolicyScope scope = pin.getKey();
            if (scope.compareTo(options.scope()) < 0 && CanaryLoops.of(scope).test(loop)) {
                return scope + " is pinned to '" + pin.getValue() + "', which goes before " + options.scope();
            }
        }
        return null;
    }

    // ---- the whole

    private List<String> notes(List<PolicyPlan.PlannedLoop> rows) {
        List<String> notes = new ArrayList<>();
        if (target.refusal() != null) {
            notes.add("policy '" + Text.clean(name) + "' is refused: " + target.refusal());
        } else if (!target.made()) {
            notes.add("the policy has not been made yet: which driver it brings is seen then");
        } else if (target.driver() != null && !target.probed()) {
            notes.add("driver '" + DriverCalls.nameOf(target.driver()) + "' has never been under a loop: it is probed"
                    + " first; if it fails, the policy is refused and no loop moves");
        }
        String pin = options.scope().isProcess() ? wanted.pin() : wanted.scopes().get(options.scope());
        if (pin != null && !pin.equals(name)) {
            notes.add("the pin on '" + pin + "' would end");
        }
        if (!options.watch().isZero()) {
            notes.add(watched());
        }
        options.duration().ifPresent(time -> notes.add("the pin would end by itself"));
        if (options.canary().isPresent() && rows.stream().noneMatch(row -> row.step() == PlannedStep.MOVES)) {
            String canary = options.canary().map(Canary::toString).orElse("");
            notes.add("no loop is in the canary " + canary + ": expected one that is open and follows");
        }
        return List.copyOf(notes);
    }

    private String watched() {
        double lag = Durations.nanos(options.maxLag().orElse(Limits.MAX_LAG)) / 1e6;
        double errors = 100 * options.maxErrors().orElse(Limits.MAX_ERRORS);
        return String.format(Locale.ROOT, "watched for %s: it would be taken back for a lag p99 of more than %.1f ms,"
                + " %.2f %% more connections that fail, or a driver that is given up", seconds(), lag, errors);
    }

    private String seconds() {
        return seconds(options.watch());
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", Durations.seconds(time));
    }
}
