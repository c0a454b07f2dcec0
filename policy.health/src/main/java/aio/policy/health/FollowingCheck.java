package aio.policy.health;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Is every loop that follows the policy on its engine, and has none still to follow the last change? */
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
        String expected = policies.current().flatMap(PolicyInfo::driver).orElse(null);
        for (LoopInfo loop : loops.loops()) {
            String driver = loop.driver().orElse("parked");
            if (expected != null && loop.follows() && !driver.equals(expected)) {
                log.warn("loop '{}' is on '{}', expected '{}': policy:history says why it stayed", loop.name(), driver,
                        expected);
            }
        }
        if (!log.iterator().hasNext()) { // a log without a line is a warning
            log.info("every loop that follows is on the driver of the current policy");
        }
        return new Result(log);
    }
}
