package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A scheduled callback, as {@code asyncio.Handle}.
 *
 * <p>Thread safety: the thread of the loop; a handle from {@code callSoonThreadsafe} may be used from any thread: there
 * {@link #cancel} and {@link #cancelled} wait for the end of a callback that is running on another thread.
 * Implemented by the loop.
 */
@ProviderType
public interface Handle {

    /** Cancels the callback and lets go of it. Idempotent, also after it ran. */
    void cancel();

    /** Tells whether {@link #cancel} was called. */
    boolean cancelled();
}
