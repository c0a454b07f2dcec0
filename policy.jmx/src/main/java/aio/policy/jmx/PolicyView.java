package aio.policy.jmx;

import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import java.util.List;

/** One policy, as JMX shows it. */
public final class PolicyView {
    private final PolicyInfo info;

    PolicyView(PolicyInfo info) {
        this.info = info;
    }

    /** Returns its name. */
    public String getName() {
        return info.name();
    }

    /** Returns its ranking. */
    public int getRanking() {
        return info.ranking();
    }

    /** Returns {@code current}, {@code standby} or {@code refused}. */
    public String getState() {
        return info.state().toString();
    }

    /** Returns why it is in that state, a line each. */
    public List<String> getWhy() {
        return info.why();
    }

    /** Returns the name of its driver; empty if it has none. */
    public String getDriver() {
        return info.driver().orElse("");
    }

    /** Returns the bundle that it is from; empty if it is from none. */
    public String getBundle() {
        return info.bundle().map(Object::toString).orElse("");
    }

    /** Returns how many loops are on its driver. */
    public int getLoops() {
        return info.loops();
    }

    /** Returns the scopes whose loops have it, such as {@code loop:edge}; empty if only the process may have it. */
    public String[] getScopes() {
        return info.scopes().stream().map(PolicyScope::toString).toArray(String[]::new);
    }

    /** Tells whether an operator has pinned it. */
    public boolean isPinned() {
        return info.pinned();
    }
}
