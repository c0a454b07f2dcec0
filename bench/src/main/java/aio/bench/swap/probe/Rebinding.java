package aio.bench.swap.probe;

import aio.policy.EventLoopPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A component whose reference to the best policy is dynamic and greedy; its description is written by the benchmark. */
public final class Rebinding implements Supplier<Object> {
    private volatile @Nullable EventLoopPolicy policy;

    /** For the component runtime. */
    public void bind(EventLoopPolicy bound) {
        policy = bound;
    }

    /** For the component runtime, which binds the next best before it takes this one away. */
    public void unbind(EventLoopPolicy unbound) {
        if (policy == unbound) {
            policy = null;
        }
    }

    @Override
    public @Nullable Object get() {
        return policy;
    }
}
