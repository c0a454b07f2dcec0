package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a loop has done since it was made, or in an interval: see {@link #since}. Always on, and cheap: two looks at the
 * clock for each poll. Immutable; the numbers are read without stopping the loop, so they are each right, but need not
 * be of the same instant. asyncio has nothing like it. Any thread; the figures of a closed loop stay as they were.
 */
@ProviderType
public interface LoopStatistics {

    /** Returns the name of the loop. */
    String loop();

    /** Returns how long ago the loop was made; of an interval, its length. */
    Duration age();

    // ---- load and lag

    /** Returns how long the loop was at work, with what it does right now, however long that lasts. */
    Duration busy();

    /** Returns how long the loop waited for something to do, while a thread ran it; with the wait that lasts. */
    Duration waiting();

    /** Returns the share of the time that the loop was run in which it was at work: from 0 to 1. */
    double utilization();

    /**
     * Returns the loop's lag: how long it was at work between two looks for I/O. Whatever arrives meanwhile, bytes,
     * connections or callbacks of other threads, waits at most so long. One time for each poll;
     * work that has not ended yet is not in it.
     */
    Distribution delay();

    /** Returns how late timers were run, after the time that they were scheduled for. */
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

    /** Returns how many accepts have failed, for want of descriptors for instance. */
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
