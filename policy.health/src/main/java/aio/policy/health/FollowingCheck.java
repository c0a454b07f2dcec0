package aio.policy.health;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.Canary;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import aio.policy.PolicyTrial;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Is every loop that follows on the driver that is chosen for it, and has none still to follow the last change? The
 * operator chooses by a pin of the loop, of its bundle or of the process, and by a trial; code that makes a loop on
 * another driver chooses until the next change.
 */
@Component(property = {"hc.name=aio: loops that follow", "hc.tags=aio", "hc.tags=policy", "hc.tags=loop",
    "hc.mbean.name=aioFollowing"})
public final class FollowingCheck implements HealthCheck {
    private final PolicyDirectory policies;
    private final LoopDirectory loops;

    /** For the service component runtime. */
    @Activate
    public FollowingCheck(@Reference PolicyDirectory policies, @Reference LoopDirectory loops) {
        this.policies = policies;
        this.loops = loops;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<PolicyChange> history = policies.history();
        PolicyChange last = history.isEmpty() ? null : history.get(history.size() - 1);
        if (last != null && last.toFollow() > 0) {
            log.warn("{} loops have not followed the last change, expected none: {}; loop:list and policy:history say"
                    + " which, and what holds them up", last.toFollow(), last.summary());
        }
        for (LoopInfo loop : loops.loops()) {
            if (loop.follows()) {
                look(log, loop, history);
            }
        }
        if (!log.iterator().hasNext()) { // a log without a line is a warning
            log.info("every loop that follows is on the driver of its policy");
        }
        return new Result(log);
    }

    private void look(FormattingResultLog log, LoopInfo loop, List<PolicyChange> history) {
        PolicyInfo scoped = scoped(loop);
        PolicyInfo chosen = scoped != null ? scoped : policies.current().orElse(null);
        String expected = chosen == null ? null : chosen.driver().orElse(null);
        String driver = loop.driver().orElse("parked");
        if (chosen == null || expected == null || driver.equals(expected) || isOnTrial(loop)
                || scoped == null && isWhereItWasMade(loop, history)) {
            return;
        }
        log.warn("loop '{}' is on '{}', expected '{}', the driver of policy '{}': policy:history says why it stayed",
                loop.name(), driver, expected, chosen.name());
    }

    /** Returns the policy that the operator has pinned for the loop or for its bundle; null if none is there. */
    private @Nullable PolicyInfo scoped(LoopInfo loop) {
        PolicyInfo first = null;
        PolicyScope of = PolicyScope.process();
        for (PolicyInfo policy : policies.policies()) {
            for (PolicyScope scope : policy.scopes()) {
                if (has(scope.loopName(), scope.bundleId(), loop) && scope.compareTo(of) < 0) {
                    first = policy;
                    of = scope;
                }
            }
        }
        return first;
    }

    private static boolean has(Optional<String> name, OptionalLong bundle, LoopInfo loop) {
        return name.isPresent() && name.get().equals(loop.name())
                || bundle.isPresent() && loop.bundle().isPresent() && loop.bundle().get().id() == bundle.getAsLong();
    }

    /** Tells whether the loop tries a policy. Of a share it is not known which loops do: those on its driver. */
    private boolean isOnTrial(LoopInfo loop) {
        PolicyTrial trial = policies.trial().filter(any -> !any.state().isOver()).orElse(null);
        Canary canary = trial == null ? null : trial.canary().orElse(null);
        if (trial == null || canary == null) {
            return false;
        }
        return has(canary.loopName(), canary.bundleId(), loop) || canary.percent().isPresent()
                && policies.policies().stream().anyMatch(policy -> policy.name().equals(trial.policy())
                        && policy.driver().isPresent() && policy.driver().equals(loop.driver()));
    }

    /** A loop that code has made on another driver follows changes from then on only. */
    private boolean isWhereItWasMade(LoopInfo loop, List<PolicyChange> history) {
        if (loop.managed() || loop.exchanges() > 0 || loop.driver().isEmpty()) {
            return false;
        }
        Instant now = Instant.now();
        Instant last = history.stream().filter(change -> change.scope().isProcess()).map(PolicyChange::when)
                .max(Comparator.naturalOrder()).orElse(Instant.MIN);
        return loops.statistics().stream()
                .anyMatch(each -> each.loop().equals(loop.name()) && !now.minus(each.age()).isBefore(last));
    }
}
