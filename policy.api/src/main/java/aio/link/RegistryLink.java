package aio.link;

import aio.loop.LoopDirectory;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Where the core hands its services to {@code EventLoops}. For the core only.
 *
 * <p>Thread safety: any thread.
 */
public final class RegistryLink implements AutoCloseable {
    private static final Object LOCK = new Object();
    private static volatile @Nullable RegistryLink bound;

    // Written under the lock of the registry, so in the order of its decisions, after the policy was made; read
    // without. A change of the policy has written this before it returns: a later read sees it, or a later one.
    private static volatile @Nullable EventLoopPolicy current;

    private final PolicyRegistry registry;
    private final PolicyAdmin admin;
    private final PolicyDirectory policies;
    private final LoopDirectory loops;
    private final String owner;

    private RegistryLink(
            PolicyRegistry registry, PolicyAdmin admin, PolicyDirectory policies, LoopDirectory loops, String owner) {
        this.registry = registry;
        this.admin = admin;
        this.policies = policies;
        this.loops = loops;
        this.owner = owner;
    }

    /**
     * Binds the one registry of this copy of the API, and what belongs to it.
     *
     * @param owner who binds it, for messages
     * @throws IllegalStateException if another registry is bound: two cores share one {@code policy.api}
     */
    public static RegistryLink bind(
            PolicyRegistry registry, PolicyAdmin admin, PolicyDirectory policies, LoopDirectory loops, String owner) {
        synchronized (LOCK) {
            RegistryLink other = bound;
            if (other != null) {
                throw new IllegalStateException("a policy registry is bound already, by " + other.owner
                        + ", so that of "
                        + owner + " is refused: two copies of policy.core share one policy.api;"
                        + " stop one of them, or give each framework a policy.api of its own");
            }
            RegistryLink link = new RegistryLink(registry, admin, policies, loops, owner);
            bound = link;
            return link;
        }
    }

    /** Publishes the process-wide policy, null if there is none. No effect once closed. */
    public void publish(@Nullable EventLoopPolicy policy) {
        synchronized (LOCK) {
            if (bound == this) {
                current = policy;
            }
        }
    }

    /** Takes registry and policy back. Idempotent. */
    @Override
    public void close() {
        synchronized (LOCK) {
            if (bound == this) {
                bound = null;
                current = null;
            }
        }
    }

    /** Returns the process-wide policy, or null if there is none, or no registry: one volatile read. */
    public static @Nullable EventLoopPolicy policy() {
        return current;
    }

    /** Returns the link that is bound, or null. */
    public static @Nullable RegistryLink bound() {
        return bound;
    }

    /** Returns the registry. */
    public PolicyRegistry registry() {
        return registry;
    }

    /** Returns the operations of the operator. */
    public PolicyAdmin admin() {
        return admin;
    }

    /** Returns the view of the policies. */
    public PolicyDirectory policies() {
        return policies;
    }

    /** Returns the view of the loops. */
    public LoopDirectory loops() {
        return loops;
    }
}
