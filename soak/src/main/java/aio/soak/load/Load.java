package aio.soak.load;

/** Some clients that send requests and check what comes back until they are told to end. */
public interface Load extends AutoCloseable {
    /** Starts no new connections, or continues. */
    default void pause(boolean paused) {}

    /** Returns how many connections were served in full. */
    long served();

    /** Returns how many checked bytes came back. */
    long bytes();

    /** Sends no more, waits until every byte has come back, and ends every connection in order. */
    @Override
    void close() throws InterruptedException;
}
