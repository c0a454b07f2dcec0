package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.core.kernel.wanted.Wanted;
import aio.core.loop.Probes;
import aio.core.loop.Round;
import aio.policy.ChangeReason;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which drivers the loops are to run on, by which policy is selected. Any thread; reads under the selection's
 * lock.
 */
final class WantedDrivers {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Selection selection;
    private final Followers followers;
    private final Probes probes;
    private @Nullable IoDriverFactory preferred; // this and the next one guarded by the selection's lock
    private final Map<PolicyScope, IoDriverFactory> scoped = new HashMap<>();

    WantedDrivers(Selection selection, Followers followers, Probes probes) {
        this.selection = selection;
        this.followers = followers;
        this.probes = probes;
    }

    /**
     * Publishes to the loops what they are to run on by what is known now, see {@link Followers#want}.
     *
     * @param left drivers that have left, as far as nothing brings them any more
     */
    Round want(List<IoDriverFactory> left) {
        return selection.read(view -> { // the order of the generations is that of the decisions
            List<IoDriverFactory> present = new ArrayList<>();
            List<IoDriverFactory> standby = new ArrayList<>();
            for (Candidate candidate : view.driven()) {
                IoDriverFactory driver = candidate.driver();
                if (driver == null) {
                    continue;
                }
                present.add(driver);
                if (candidate.usableDriver() != null && probes.hasPassed(driver)) {
                    standby.add(driver);
                }
            }
            List<IoDriverFactory> gone = withoutThose(present, left);
            IoDriverFactory driver = selection.currentDriver();
            if (driver == null || isProbed(driver, gone)) {
                preferred = driver;
            } else if (!isAmong(present, preferred)) {
                preferred = null; // the choice of the present policy probes its driver, and publishes again
            }
            return followers.want(rules(view, present), standby, present, gone);
        });
    }

    private static List<IoDriverFactory> withoutThose(List<IoDriverFactory> present, List<IoDriverFactory> left) {
        return left.isEmpty() || present.isEmpty() ? left
                : left.stream().filter(driver -> !isAmong(present, driver)).toList();
    }

    private List<Wanted.Rule> rules(Contenders.View view, List<IoDriverFactory> present) {
        Wanted.Rule last = Wanted.Rule.everyLoop(preferred);
        if (scoped.isEmpty() && view.scoped().isEmpty()) {
            return List.of(last);
        }
        List<Wanted.Rule> rules = scopeRules(view, present);
        rules.add(last);
        return rules;
    }

    /** Returns what the loops of scopes are to run on: until the probe of another driver, what they had. */
    private List<Wanted.Rule> scopeRules(Contenders.View view, List<IoDriverFactory> present) {
        List<Wanted.Rule> rules = new ArrayList<>();
        scoped.keySet().retainAll(view.scoped().keySet());
        view.scoped().forEach((scope, candidate) -> {
            IoDriverFactory driver = candidate.usableDriver();
            if (driver == null) { // the policy brings none: its loops go where others do
                scoped.remove(scope);
            } else if (probes.hasPassed(driver)) {
                scoped.put(scope, driver);
            } else if (!isAmong(present, scoped.get(scope))) {
                scoped.remove(scope);
            }
            IoDriverFactory usable = scoped.get(scope);
            if (usable != null) {
                rules.add(view.rule(scope, usable));
            }
        });
        return rules;
    }

    /** Returns a driver that a scope has and that is not probed yet; null if there is none. */
    @Nullable IoDriverFactory unprobedOfScopes() {
        if (selection.isScopeless()) {
            return null;
        }
        return selection.read(view -> {
            for (Candidate candidate : view.scoped().values()) {
                IoDriverFactory driver = candidate.usableDriver();
                if (driver != null && !probes.hasPassed(driver)) {
                    return driver;
                }
            }
            return null;
        });
    }

    private static boolean isAmong(List<IoDriverFactory> drivers, @Nullable IoDriverFactory driver) {
        for (IoDriverFactory each : drivers) {
            if (each == driver) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a driver can go under the loops when others leave: no loop moves before its probe has passed. */
    boolean isProbed(@Nullable IoDriverFactory driver, Collection<IoDriverFactory> gone) {
        return driver == null || probes.hasPassed(driver) || !followers.wouldMove(driver, gone);
    }

    /**
     * Refuses every policy that brings a driver. Returns what the loops have to do if another policy has become
     * current, else null.
     */
    @Nullable Step refuse(IoDriverFactory driver, String reason) {
        List<Candidate> refused = bringers(driver, each -> true, reason);
        refused.forEach(each ->
                LOG.log(Level.WARNING, "policy: " + each.text() + " is refused: " + reason));
        Cause cause = Cause.byThread(ChangeReason.DRIVER_FAILED, names(refused) + " is refused");
        return selection.select(cause, List.of());
    }

    /** Refuses no policy any more that was refused for a reason. Returns what the loops have to do. */
    Step readmit(IoDriverFactory driver, String reason) {
        List<Candidate> back = bringers(driver, each -> reason.equals(each.refusal), null);
        back.forEach(each -> LOG.log(Level.INFO, "policy: " + each.text()
                + " is refused no more: its driver has passed its probe, late"));
        Cause cause = Cause.byThread(ChangeReason.DRIVER_PASSED, names(back) + " has passed its probe late");
        Step next = selection.select(cause, List.of());
        return next == null ? Step.quiet(cause, List.of()) : next;
    }

    private List<Candidate> bringers(
            IoDriverFactory driver, Predicate<Candidate> condition, @Nullable String refusal) {
        return selection.read(view -> {
            List<Candidate> bringers = view.candidates().stream()
                    .filter(each -> each.driver() == driver && condition.test(each)).toList();
            bringers.forEach(each -> each.refusal = refusal);
            return bringers;
        });
    }

    private static String names(List<Candidate> candidates) {
        return candidates.isEmpty()
                ? "a policy that has left"
                : candidates.stream().map(each -> "policy '" + each.name() + "'").collect(Collectors.joining(", "));
    }

    /** Tells whether a policy would be there if those that bring a driver were refused. */
    boolean hasOther(IoDriverFactory driver) {
        return selection.read(view -> view.candidates().stream()
                .anyMatch(each -> each.refusal == null && each.driver() != driver));
    }
}
