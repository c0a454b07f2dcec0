package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A scheduled callback, as {@code asyncio.Handle}.
 *
 * <p>Thread safety: the thread of the loop. A handle of {@code callSoonThreadsafe} may be used from any thread; its
 * {@link #cancel} and {@link #cancelled} wait for the end of the callback if that is running on another thread.
 * Implemented by the loop.
 */
@ProviderType
public interface Handle {

    /** Cancels the callback and drops the reference to it. Idempotent; no effect after it ran. */
    void cancel();

    /** Tells whether {@link #cancel} was called. */
    boolean cancelled();
}
