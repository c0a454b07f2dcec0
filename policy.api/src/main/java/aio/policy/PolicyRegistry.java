package aio.policy;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides which policy is the process-wide one; for code that reads or sets it. A service; {@code aio.EventLoops} has
 * the same operations as static methods. {@link PolicyAdmin} is for operators; {@link PolicyDirectory} and
 * {@code aio.loop.LoopDirectory} show policies and loops.
 *
 * <p>The order of precedence is: the operator's pin; the policy installed by code; the highest-ranked service
 * ({@code service.ranking} descending, {@code service.id} ascending). A choice that is overridden is kept, and shown.
 *
 * <p>When a method that changes the policy has returned, every thread sees the new policy. That also holds for
 * {@code Bundle.start} and {@code stop}, {@code registerService}, {@code unregister} and {@code setProperties} of a
 * policy.
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
     * policies with the name it is the first in order that works; {@code name#serviceId} names one service. Inside a
     * framework do not keep the policy: it goes with its bundle.
     *
     * @throws IllegalArgumentException if no policy has that name, or it cannot be made; the message lists the names
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
     * Calls {@code call}. Loops of the core that are made meanwhile on this thread, by any policy, run on the driver of
     * {@code policy}, and do not follow changes: they leave that driver only if it goes away or fails. The process-wide
     * policy and the current loop stay as they are, and other threads are not affected. Calls may be nested; the
     * innermost counts.
     *
     * @return what {@code call} returns
     * @throws IllegalArgumentException if the policy brings no driver
     * @throws Exception what {@code call} throws
     */
    <T extends @Nullable Object> T with(EventLoopPolicy policy, Callable<T> call) throws Exception;

    /** Installs a policy until the returned installation is closed, see {@link #setEventLoopPolicy}. */
    Installation install(EventLoopPolicy policy);
}
