package aio.dist;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A container of a fleet, in a process of its own: three policies, the echo example, and figures. Confined to one
 * thread.
 */
public interface Node extends AutoCloseable {

    /** Returns how tests call it. */
    String name();

    /** Returns where its echo example listens. */
    InetSocketAddress echo();

    /** Returns what it tells of itself now. */
    Figures figures() throws IOException;

    /** Runs a command of its console; returns what it shows, and what is logged meanwhile. */
    String ask(String command) throws Exception;

    /** Returns what it has logged since it was started first, and what it has shown. */
    String log() throws IOException;

    /** Sends its Java a signal. */
    void signal(String signal) throws Exception;

    /** Starts it again after {@link #close}, with all that it has kept; returns the node that takes its place. */
    Node again() throws Exception;
}
