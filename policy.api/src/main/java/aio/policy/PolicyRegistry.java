package aio.policy;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides which policy is the process-wide one: what code reads and sets. A service; {@code aio.EventLoops} has the
 * same power as static methods. The operator's part is {@link PolicyAdmin}; {@link PolicyDirectory} and
 * {@code aio.loop.LoopDirectory} show what is there and what happened.
 *
 * <p>What decides, in this order: the operator's pin; the policy installed by code; the highest-ranked service
 * ({@code service.ranking} descending, {@code service.id} ascending). What is overridden stays and is shown.
 *
 * <p>When a method that changes the policy returns, or {@code Bundle.start}/{@code stop}, {@code registerService},
 * {@code unregister}, {@code setProperties} of a policy does, every thread sees the new policy.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyRegistry {

    /**
     * Returns the process-wide policy; never null.
     *
     * @throws IllegalStateException if there is no policy at all; the message says what to install
     */
    EventLoopPolicy getEventLoopPolicy();

    /**
     * Returns a policy by its name, whether or not it is current; it is made if it has not been made yet. Of several
     * policies of one name it is the first in order that works; {@code name#serviceId} means one service. Inside a
     * framework ask again instead of keeping the answer: the policy goes with its bundle.
     *
     * @throws IllegalArgumentException if no policy has that name, or it cannot be made; the message says what is there
     *     and what to start
     */
    EventLoopPolicy policy(String name);

    /**
     * Installs a policy for the whole process, as {@code asyncio.set_event_loop_policy}; null drops the installation,
     * and the services decide again. Installing the policy that the services would choose anyway drops the installation
     * too, so that saving and restoring works. The installation ends when the bundle of the caller, or of the policy,
     * stops.
     */
    void setEventLoopPolicy(@Nullable EventLoopPolicy policy);

    /**
     * Calls {@code call}; loops of the core that it makes meanwhile on this thread, by whichever policy, run on the
     * driver of {@code policy} and stay on it while that is there: they do not follow changes. The process-wide policy
     * and the current loop stay what they are, and other threads notice nothing. Calls may be nested; the innermost
     * counts.
     *
     * @return what {@code call} returns
     * @throws IllegalArgumentException if the policy brings no driver
     * @throws Exception what {@code call} throws
     */
    <T extends @Nullable Object> T with(EventLoopPolicy policy, Callable<T> call) throws Exception;

    /** Installs a policy until the answer is closed, see {@link #setEventLoopPolicy}. */
    Installation install(EventLoopPolicy policy);
}
