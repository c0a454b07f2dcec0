package aio.policy;

import aio.loop.EventLoop;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The current loop of each context, for one policy; see {@link LoopFactory#slots}. Contexts are compared by
 * {@code equals} and held weakly: when nothing else refers to a context, its slot is gone.
 *
 * <p>When services or the operator change the process-wide policy, the next policy inherits the slots, so a thread that
 * has set its loop still gets it. After {@code setEventLoopPolicy} each policy has its own slots, as in asyncio.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface ContextSlots {

    /** Returns the loop of a context, or null. */
    @Nullable EventLoop get(Object context);

    /** Sets the loop of a context; null empties its slot. */
    void set(Object context, @Nullable EventLoop loop);

    /**
     * Tells whether a loop may be made for this context on first use: asyncio's rule up to Python 3.13. False once
     * {@link #set} was called for the context, and always if the core is configured to be strict, as Python 3.14 is.
     */
    boolean mayCreate(Object context);
}
