package aio.policy;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which loop is current in a context, makes loops, and brings the driver that does their I/O; as {@code
 * asyncio.AbstractEventLoopPolicy}. The {@link PolicyRegistry} chooses the process-wide policy: register a policy as a
 * service of this interface with {@link #NAME} and {@code service.ranking} (an Integer).
 *
 * <p>Most policies extend {@link AbstractEventLoopPolicy}.
 *
 * <p>Thread safety: called from any thread, never under a lock. Implemented by policies.
 */
@ConsumerType
public interface EventLoopPolicy {

    /** Service property: the short name of the policy, a String; the component's name if absent. */
    String NAME = "aio.policy.name";

    /**
     * Service property: the system that the policy is made for, a String that {@code os.name} starts with, such as
     * {@code Windows}; absent means every system. It is shown to people and has no other effect: the policy works
     * everywhere, and is chosen by its ranking alone.
     */
    String HOME = "aio.policy.os";

    /**
     * Namespace of the capability that a policy bundle provides: {@code Provide-Capability: aio.policy;aio.policy=NAME}
     * with the short name of the policy. So the console can name the bundle to start.
     */
    String CAPABILITY = "aio.policy";

    /**
     * Returns the loop that is current in the calling context; never null.
     *
     * @throws IllegalStateException if there is none
     */
    EventLoop getEventLoop();

    /** Makes {@code loop} the current one of the calling context; null for none. */
    void setEventLoop(@Nullable EventLoop loop);

    /** Makes a loop, which is not made the current one; never null. */
    EventLoop newEventLoop();

    /**
     * Makes a loop with options: a name, a resolver, whether it follows; never null.
     *
     * @throws UnsupportedOperationException if the policy makes loops that have no options, as by default
     */
    default EventLoop newEventLoop(LoopOptions options) {
        throw new UnsupportedOperationException("policy " + getClass().getName()
                + " makes loops without options: call newEventLoop(), or override newEventLoop(LoopOptions)");
    }

    /**
     * Returns the watcher of child processes; never null.
     *
     * @throws UnsupportedOperationException if the policy has none, as those of Windows
     */
    default ChildWatcher getChildWatcher() {
        throw new UnsupportedOperationException(
                "policy " + getClass().getName() + " has no child watcher: subprocesses of its loops do not need one");
    }

    /**
     * Sets the watcher of child processes and closes the one before; null brings a fresh default.
     *
     * @throws UnsupportedOperationException if the policy has none, as those of Windows
     */
    default void setChildWatcher(@Nullable ChildWatcher watcher) {
        throw new UnsupportedOperationException(
                "policy " + getClass().getName() + " has no child watcher: subprocesses of its loops do not need one");
    }

    /**
     * Returns the driver of this policy: when the policy becomes the process-wide one, loops that follow exchange their
     * driver for it. Empty: running loops keep the driver they have, and the policy makes new loops only.
     */
    default Optional<IoDriverFactory> driver() {
        return Optional.empty();
    }
}
