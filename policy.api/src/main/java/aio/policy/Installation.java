package aio.policy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A policy or a listener that code has put in, to be taken out again.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface Installation extends AutoCloseable {

    /**
     * Takes it out. If it is a policy and still the installed one, what was below decides again; a listener is told no
     * more. Otherwise nothing happens. Idempotent.
     */
    @Override
    void close();
}
