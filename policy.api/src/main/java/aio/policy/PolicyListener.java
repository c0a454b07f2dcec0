package aio.policy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of changes of the process-wide policy, after they took effect and the loops have followed (or nobody waits
 * for them any longer: see {@link PolicyChange#toFollow}).
 *
 * <p>Thread safety: called on the thread that caused the change, without a lock, in the order of the changes as far as
 * one thread causes them. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface PolicyListener {

    /** The process-wide policy changed. An exception is logged and disturbs nobody else. */
    void policyChanged(PolicyChange change);
}
