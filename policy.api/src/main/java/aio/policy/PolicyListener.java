package aio.policy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of changes of the process-wide policy, after they took effect and the loops have followed, or the wait for
 * them has ended (see {@link PolicyChange#toFollow}).
 *
 * <p>Thread safety: called on the thread that caused the change, without a lock, in the order of the changes as far as
 * one thread causes them. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface PolicyListener {

    /** The process-wide policy changed. An exception is logged and disturbs no other listener. */
    void policyChanged(PolicyChange change);
}
