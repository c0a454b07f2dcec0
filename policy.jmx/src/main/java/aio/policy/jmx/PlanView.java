package aio.policy.jmx;

import aio.policy.PolicyPlan;
import java.util.List;

/** What a pin would do, as JMX shows it. */
public final class PlanView {
    private final PolicyPlan plan;

    PlanView(PolicyPlan plan) {
        this.plan = plan;
    }

    /** Returns the name of the policy that would be pinned. */
    public String getPolicy() {
        return plan.policy();
    }

    /** Returns the name of the policy that is current; empty if none is. */
    public String getCurrent() {
        return plan.current().orElse("");
    }

    /** Returns what each open loop would do, by name. */
    public List<PlannedLoopView> getLoops() {
        return plan.loops().stream().map(PlannedLoopView::new).toList();
    }

    /** Returns sentences on the whole. */
    public List<String> getNotes() {
        return plan.notes();
    }
}
