package aio.core.foreign;

import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyChange;
import aio.policy.PolicyListener;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls policies, and the listeners to their changes. Any thread, never with a lock held. */
public final class PolicyCalls {
    private static final CoreLog LOG = CoreLog.POLICY;

    private PolicyCalls() {}

    /**
     * Asks a policy for its driver; returns null if the policy does, which it should not.
     *
     * @throws ForeignFailure if the policy fails
     */
    public static @Nullable Optional<IoDriverFactory> driver(EventLoopPolicy policy) throws ForeignFailure {
        return Wall.call(policy::driver);
    }

    /** Asks the process-wide policy for its child watcher; null if it has none, or fails. */
    public static @Nullable ChildWatcher watcher(Supplier<ChildWatcher> policy) {
        try {
            return Wall.call(policy::get);
        } catch (ForeignFailure e) {
            // documented for policies without one
            if (!(e.failure() instanceof UnsupportedOperationException)) {
                LOG.log(Level.WARNING,
                        "policy: getting the child watcher failed; exits of children are told"
                        + " without it", e.failure());
            }
            return null;
        }
    }

    /** Calls a listener; its failure does not keep the others from being called. */
    public static void changed(PolicyListener listener, PolicyChange change, String failureMessage) {
        Wall.run(LOG, Level.ERROR, failureMessage, () -> listener.policyChanged(change));
    }
}
