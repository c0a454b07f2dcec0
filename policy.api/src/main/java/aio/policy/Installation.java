package aio.policy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A policy that code has installed, or a listener that it has added; closing this undoes it.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface Installation extends AutoCloseable {

    /**
     * Removes the listener, or the policy. If the policy is still the installed one, the choice from before it holds
     * again; otherwise closing it changes nothing. Idempotent.
     */
    @Override
    void close();
}
