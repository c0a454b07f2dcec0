package aio.link;

import aio.policy.EventLoopPolicy;
import aio.policy.PolicyRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Where the core hands its registry to {@code EventLoops}. For the core only.
 *
 * <p>Thread safety: any thread.
 */
public final class RegistryLink implements AutoCloseable {
    private static final Object LOCK = new Object();
    private static volatile @Nullable RegistryLink bound;

    // Written under the lock of the registry, so in the order of its decisions, after the policy was made; read
    // without. Who has changed the policy and returned has written this: who reads later sees it, or a later one.
    private static volatile @Nullable EventLoopPolicy current;

    private final PolicyRegistry registry;
    private final String owner;

    private RegistryLink(PolicyRegistry registry, String owner) {
        this.registry = registry;
        this.owner = owner;
    }

    /**
     * Binds the one registry of this copy of the API.
     *
     * @param owner who binds it, for messages
     * @throws IllegalStateException if another registry is bound: two cores share one {@code policy.api}
     */
    public static RegistryLink bind(PolicyRegistry registry, String owner) {
        synchronized (LOCK) {
            RegistryLink other = bound;
            if (other != null) {
                throw new IllegalStateException("a policy registry is bound already, by " + other.owner
                        + ", so that of "
                        + owner + " is refused: two copies of policy.core share one policy.api;"
                        + " stop one of them, or give each framework a policy.api of its own");
            }
            RegistryLink link = new RegistryLink(registry, owner);
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

    /** Returns the bound registry, or null. */
    public static @Nullable PolicyRegistry registry() {
        RegistryLink link = bound;
        return link == null ? null : link.registry;
    }
}
