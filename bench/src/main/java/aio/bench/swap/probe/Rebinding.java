package aio.bench.swap.probe;

import aio.policy.EventLoopPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A component whose reference to the best policy is dynamic and greedy; the benchmark writes its description.
 */
public final class Rebinding implements Supplier<Object> {
    private volatile @Nullable EventLoopPolicy policy;
    private volatile long bound;

    /** For the component runtime. */
    public void bind(EventLoopPolicy best) {
        policy = best;
        bound = System.nanoTime();
    }

    /** For the component runtime, which binds the next best one before it takes this one away. */
    public void unbind(EventLoopPolicy unbound) {
        if (policy == unbound) {
            policy = null;
        }
    }

    /** Returns when the policy was bound, by {@link System#nanoTime}; null if there is none. */
    @Override
    public @Nullable Object get() {
        return policy == null ? null : (Object) bound;
    }
}
