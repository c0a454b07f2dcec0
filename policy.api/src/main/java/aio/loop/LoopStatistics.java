package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a loop has done since it was made, or in an interval: see {@link #since}. Always on; it costs the loop two looks
 * at the clock for each poll. Immutable. The numbers are read without stopping the loop: each is right, but they may be
 * of different instants. The figures of a closed loop stay as they were. Any thread. asyncio has nothing like it.
 */
@ProviderType
public interface LoopStatistics {

    /** Returns the name of the loop. */
    String loop();

    /** Returns how long ago the loop was made, or the length of the interval. */
    Duration age();

    // ---- load and lag

    /** Returns how long the loop was at work, including the work that is under way. */
    Duration busy();

    /** Returns how long the loop waited for work while a thread ran it, including a wait that is under way. */
    Duration waiting();

    /** Returns the share of work in the time in which a thread ran the loop: from 0 to 1. */
    double utilization();

    /**
     * Returns the loop's lag: how long it was at work between two polls. Bytes, connections and callbacks of other
     * threads that arrive meanwhile wait at most that long. One time is counted for each poll; work that is under way
     * is not included.
     */
    Distribution delay();

    /** Returns how long after their deadline timers were run. */
    Distribution timerDelay();

    /** Returns how many turns were made. */
    long turns();

    /** Returns how many callbacks were run: those of {@code callSoon}, of other threads and of timers. */
    long callbacks();

    /** Returns how many timers were run. */
    long timers();

    // ---- connections

    /** Returns how many bytes connections have received; with TLS the encrypted ones. */
    long bytesReceived();

    /** Returns how many bytes were given to connections to be sent; with TLS the encrypted ones. */
    long bytesSent();

    /** Returns how many bytes wait in write queues now, since the system did not take them. */
    long bytesQueued();

    /** Returns how many connections servers have accepted. */
    long accepted();

    /** Returns how many accepts have failed, for example because no descriptor was free. */
    long acceptsFailed();

    /** Returns how many connections were made to others. */
    long connected();

    /** Returns how many connects have failed: refused, timed out, cancelled. */
    long connectsFailed();

    /** Returns how many connections ended in order, {@code connectionLost(null)}. */
    long ended();

    /** Returns how many connections were lost, {@code connectionLost(cause)}. */
    long lost();

    /** Returns how many TLS handshakes were completed. */
    long handshakes();

    /** Returns how many TLS handshakes have failed. */
    long handshakesFailed();

    // ---- exchanges of the driver

    /** Returns the longest pause of each exchange of the loop's driver; their count is how often it was exchanged. */
    Distribution pauses();

    /**
     * Returns what the loop did after {@code earlier}, with {@link #bytesQueued} as it is now.
     *
     * @param earlier of the same loop
     * @throws IllegalArgumentException if it is of another implementation
     */
    LoopStatistics since(LoopStatistics earlier);
}
