package aio.policy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listens to changes of the process-wide policy, see {@link PolicyDirectory#addListener}. It is called after a change
 * took effect and the loops have followed, or the wait for them has ended (see {@link PolicyChange#toFollow}).
 *
 * <p>Thread safety: called on the thread that caused the change, without a lock. Changes that one thread causes are
 * told in their order. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface PolicyListener {

    /** The process-wide policy changed. An exception is logged and disturbs no other listener. */
    void policyChanged(PolicyChange change);
}
