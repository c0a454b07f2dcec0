package aio.core.registry;

import aio.policy.EventLoopPolicy;
import org.jspecify.annotations.Nullable;

/** Where the object of a candidate comes from. Called without a lock; what it throws refuses the candidate. */
public interface PolicyProvider {

    /** Makes or gets the policy; null if it is refused. */
    @Nullable EventLoopPolicy get();

    /** Gives back what {@link #get} returned, once for each call. */
    default void release(EventLoopPolicy policy) {}
}
