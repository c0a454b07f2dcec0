package aio.policy;

import org.osgi.annotation.versioning.ProviderType;

/** A policy that was installed by code, to be undone. Thread safety: any thread. Implemented by the core. */
@ProviderType
public interface Installation extends AutoCloseable {

    /**
     * Undoes the installation. If the policy is still the installed one, what was below decides again; otherwise
     * nothing happens. Idempotent.
     */
    @Override
    void close();
}
