package aio.core.registry;

import aio.policy.PlannedStep;
import aio.policy.PolicyPlan;
import java.util.List;
import java.util.Optional;

/** What would happen, as it is shown. Immutable. */
record Plan(String policy, Optional<String> current, List<PolicyPlan.PlannedLoop> loops, List<String> notes)
        implements PolicyPlan {

    /** What one loop would do. */
    record Row(String loop, Optional<String> driver, PlannedStep step, String why, int connections)
            implements PolicyPlan.PlannedLoop {}
}
