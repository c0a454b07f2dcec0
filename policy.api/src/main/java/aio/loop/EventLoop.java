package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An event loop, as {@code asyncio.AbstractEventLoop}. Get one from a policy ({@code EventLoops.newEventLoop()}) and
 * run it, or take a managed one as a service ({@code @Reference EventLoop loop}).
 *
 * <p>The engine under a loop, its driver, comes from a policy. A loop that follows the process-wide policy exchanges
 * its driver when that policy changes, between two turns: connections, timers, ready callbacks and the thread stay.
 *
 * <p>Implemented by the core. A policy may bring an implementation of its own; changes of the policy leave that alone.
 */
@ProviderType
public interface EventLoop extends Running, Scheduling, Networking, Descriptors, Processes, Diagnostics {

    /** Service property: the name of a managed loop, a String. */
    String SERVICE_NAME = "aio.loop.name";

    /** Returns the name, for people. Any thread. */
    String name();

    /** Tells whether the loop, with the driver it has now, can do something. Any thread. */
    boolean supports(Feature feature);

    /** Returns a snapshot of what the loop is and does. Any thread. */
    LoopInfo info();

    /** Returns what the loop has counted and timed since it was made. Any thread. */
    LoopStatistics statistics();
}
