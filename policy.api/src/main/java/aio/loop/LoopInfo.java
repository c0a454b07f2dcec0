package aio.loop;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of a loop, for people and monitors. Immutable. The numbers are read without stopping the loop: each is
 * right, but they may be of different instants. A value that may be absent is an {@code Optional}.
 *
 * <p>What the loop has counted and timed is some kilobytes and not part of it: see {@link EventLoop#statistics} and
 * {@link LoopDirectory#statistics()}.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface LoopInfo {

    /** Returns the name of the loop. */
    String name();

    /** Returns what the loop is doing. */
    LoopState state();

    /** Returns the name of the thread that runs it; empty if none does. */
    Optional<String> thread();

    /** Returns the bundle whose code made the loop; empty for a managed one, and outside a framework. */
    Optional<BundleId> bundle();

    /** Returns the name of the driver, such as {@code selector}; empty if the loop is parked. */
    Optional<String> driver();

    /** Returns the bundle that the driver's classes come from; empty outside a framework, or if there is no driver. */
    Optional<BundleId> driverBundle();

    /** Tells whether the loop follows the process-wide policy. */
    boolean follows();

    /** Tells whether the loop is registered as a service and run by the core. */
    boolean managed();

    /** Returns how many connections are open. */
    int connections();

    /** Returns how many sockets listen. */
    int listeners();

    /** Returns how many datagram endpoints are open. */
    int datagrams();

    /** Returns how many connects are in progress. */
    int connecting();

    /** Returns how many descriptors are watched. */
    int watched();

    /** Returns how many callbacks are ready to run. */
    int ready();

    /** Returns how many timers are scheduled. */
    int timers();

    /** Returns how many tasks are not done. */
    int tasks();

    /** Returns how many turns the loop has made. */
    long turns();

    /** Returns how often the driver was exchanged. */
    long exchanges();

    /** Returns the longest pause of the last exchange. */
    Duration longestPause();
}
