package aio.spi;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The I/O engine of one loop. In one turn of the loop {@link #poll} waits and collects, the loop runs the callbacks
 * that were ready before, {@link #dispatch} delivers what was collected, and then timers run. Events are delivered in
 * {@code dispatch} only: never in {@code poll}, and never inside a method of a port, except that {@link Port#release}
 * hands back what was not delivered.
 *
 * <p>All channels given to a driver are non-blocking, open and owned by the loop. A driver never closes a channel, and
 * does not keep it after its port was released. A second driver may adopt a channel before the first one releases it:
 * so a loop exchanges its driver without a gap.
 *
 * <p>Thread safety: every method and every port belongs to the thread that runs the loop; only {@link #wakeup} may be
 * called from any thread. The loop may move to another thread between two turns. Implemented by drivers.
 */
@ConsumerType
public interface IoDriver {

    /**
     * Waits until an adopted port has something to deliver, {@link #wakeup} is called or the time is over, and collects
     * what there is. It may be called again before {@link #dispatch}. Then nothing that was collected may be lost: a
     * driver keeps it, or drops it and collects it again while it is still ready. After a {@code wakeup} that no poll
     * has seen, this returns at once. If the interrupt flag of the thread is set, this must still wait.
     *
     * @param timeoutNanos 0 to look without waiting, negative to wait without limit
     * @return how much there is to deliver, 0 if nothing
     * @throws IOException if the engine is broken; the loop then gives it up and opens another one
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Delivers what the last poll collected. A port that was released since then, or is no longer interested, is
     * skipped. If an event throws, the events after it stay collected, and another call before the next poll delivers
     * them.
     */
    void dispatch();

    /**
     * Gives to the kernel what streams have taken for the next poll, see {@link StreamPort#flush}; until that poll,
     * streams must give all bytes to the kernel at once. The loop calls this when its run ends, since no poll follows
     * until it runs again.
     *
     * @throws IOException if the engine is broken
     */
    default void flush() throws IOException {}

    /** Makes a poll that waits, or the next one, return at once. Any thread; cheap; harmless after close. */
    void wakeup();

    /**
     * Adopts a connected stream. Reading starts paused.
     *
     * @throws IOException if the channel cannot be adopted; the channel then stays as it was
     */
    StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException;

    /**
     * Adopts a listening socket. Accepting starts paused.
     *
     * @throws IOException if the channel cannot be adopted; it then stays as it was
     */
    ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException;

    /**
     * Completes a connect that the loop began with {@code channel.connect} and that is pending.
     *
     * @throws IOException if the channel cannot be adopted; it then stays as it was
     */
    ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException;

    /**
     * Adopts a datagram socket, connected or not. Receiving starts paused.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#DATAGRAMS}; not called then
     * @throws IOException if the channel cannot be adopted; it then stays as it was
     */
    default DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        throw new UnsupportedOperationException("this driver does not serve datagram sockets");
    }

    /**
     * Watches a descriptor for readiness, level-triggered. Starts with no interest.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#DESCRIPTOR_WATCHING}; not called then
     * @throws IOException if the channel cannot be watched; it then stays as it was
     */
    default WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        throw new UnsupportedOperationException("this driver does not watch descriptors");
    }

    /**
     * Serves a channel on which the loop itself carries out raw socket operations: the driver tells, level-triggered,
     * when an operation can be tried. Starts with no interest. A completion driver, which does not watch descriptors
     * for users, posts a poll operation for this.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#RAW_SOCKETS}; not called then
     * @throws IOException if the channel cannot be served; it then stays as it was
     */
    default WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        return watch(channel, events);
    }

    /**
     * Closes the engine. All ports have been released before. Idempotent.
     *
     * @throws IOException if the engine could not be closed cleanly; its resources are released in any case
     */
    void close() throws IOException;
}
