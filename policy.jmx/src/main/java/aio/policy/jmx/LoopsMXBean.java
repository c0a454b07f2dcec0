package aio.policy.jmx;

import java.util.List;

/** {@code aio:type=Loops}: all open loops, managed and not. Any thread. */
public interface LoopsMXBean {

    /** Returns all open loops, by name. */
    List<LoopView> getLoops();

    /** Returns the main figures of all open loops, by name; a managed loop has all of them in a bean of its own. */
    List<StatisticsView> getStatistics();

    /** Returns what has held up loops, the newest first. */
    List<BlockView> getBlocks();

    /** Returns what loops are busy with, the most busy first. */
    List<LoadView> getLoads();

    /**
     * Returns the stream connections of a loop, the oldest first, as {@code loop:connections} does. The loop is asked
     * on its own thread, and waited for at most 2 s.
     *
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException if the loop is held up; the message says by what
     */
    List<ConnectionView> connections(String name);

    /**
     * Closes a connection at once, as {@code loop:connections --close} does.
     *
     * @param id as {@link #connections} shows it
     * @return how it was before, in a line
     * @throws IllegalArgumentException if no open loop has that name, or that loop no such connection (any more)
     * @throws IllegalStateException if the loop is held up; the message says by what, and the connection stays
     */
    String closeConnection(String name, long id);

    /**
     * Ends a managed loop that a configuration has made, as {@code loop:close} does.
     *
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException if no configuration made it, as the one named {@code shared}
     */
    void close(String name);

    /**
     * Drains all loops, as {@code loop:drain} does: blocks until they are, or {@code seconds} are over.
     *
     * @return the owners of connections that had to be closed; empty if all have ended by themselves
     */
    List<String> drain(int seconds);
}
