package aio.policy.health;

import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Is a policy refused, since it or its driver does not work, or held down, since it comes and goes too often? */
@Component(property = {"hc.name=aio: refused policies", "hc.tags=aio", "hc.tags=policy",
    "hc.mbean.name=aioRefusedPolicies"})
public final class RefusedPolicyCheck implements HealthCheck {
    private final PolicyDirectory policies;

    /** For the service component runtime. */
    @Activate
    public RefusedPolicyCheck(@Reference PolicyDirectory policies) {
        this.policies = policies;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<PolicyInfo> refused = policies.policies().stream()
                .filter(policy -> policy.state() == PolicyState.REFUSED || policy.state() == PolicyState.HELD_DOWN)
                .toList();
        for (PolicyInfo policy : refused) {
            log.warn("policy '{}' is {}, expected none that is: {}", policy.name(), policy.state(),
                    String.join("; ", policy.why()));
        }
        if (refused.isEmpty()) { // a log without a line is a warning
            log.info("no policy is refused");
        }
        return new Result(log);
    }
}
