package aio.spi;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The I/O engine of one loop. One turn of the loop is: {@link #poll} waits and collects, the loop runs the callbacks
 * that were ready before, {@link #dispatch} delivers what was collected, then timers run. Events are delivered in
 * {@code dispatch} only, never in {@code poll} and never from inside a method of a port, except what
 * {@link Port#release} hands back.
 *
 * <p>All channels given to a driver are non-blocking, open and owned by the loop. A driver never closes one, and never
 * keeps one after the port was released. A channel may be adopted by a second driver before the first one releases it:
 * that is how a loop exchanges its driver without a gap.
 *
 * <p>Thread safety: every method and every port belongs to the thread that runs the loop; only {@link #wakeup} may be
 * called from any thread. The loop may move to another thread between two turns. Implemented by drivers.
 */
@ConsumerType
public interface IoDriver {

    /**
     * Waits until an adopted port has something to deliver, {@link #wakeup} is called or the time is over, and collects
     * what there is. It may be called again before what it collected was dispatched: what was not delivered must not be
     * lost, so a driver keeps it, or forgets it and collects it anew if it is ready still. An earlier {@code wakeup}
     * that no poll has seen makes this poll return at once. The interrupt flag of the thread must not turn this into a
     * busy loop.
     *
     * @param timeoutNanos 0 to look without waiting, negative to wait without limit
     * @return how much there is to deliver, 0 if nothing
     * @throws IOException if the engine is broken; the loop then gives it up and opens another one
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Delivers what the last poll collected. A port that was released or whose interest was withdrawn since then is
     * skipped. If an event throws, the rest stays collected until the next poll, and a call before that continues after
     * it.
     */
    void dispatch();

    /**
     * Gives to the kernel what streams have taken for the next poll, see {@link StreamPort#flush}, and takes nothing
     * for it until that has come. The loop calls this when its run ends: no poll follows until it runs again.
     *
     * @throws IOException if the engine is broken
     */
    default void flush() throws IOException {}

    /** Makes a poll that waits, or the next one, return at once. Any thread; cheap; harmless after close. */
    void wakeup();

    /**
     * Adopts a connected stream. Reading starts paused.
     *
     * @throws IOException if the channel cannot be taken over; it is then as it was
     */
    StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException;

    /**
     * Adopts a listening socket. Accepting starts paused.
     *
     * @throws IOException if the channel cannot be taken over; it is then as it was
     */
    ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException;

    /**
     * Completes a connect that the loop began with {@code channel.connect} and that is pending.
     *
     * @throws IOException if the channel cannot be taken over; it is then as it was
     */
    ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException;

    /**
     * Adopts a datagram socket, connected or not. Receiving starts paused.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#DATAGRAMS}; not called then
     * @throws IOException if the channel cannot be taken over; it is then as it was
     */
    default DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        throw new UnsupportedOperationException("this driver does not serve datagram sockets");
    }

    /**
     * Watches a descriptor for readiness, level-triggered. Starts with no interest.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#DESCRIPTOR_WATCHING}; not called then
     * @throws IOException if the channel cannot be watched; it is then as it was
     */
    default WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        throw new UnsupportedOperationException("this driver does not watch descriptors");
    }

    /**
     * Serves a channel on which the loop operates itself, for the raw socket operations: tells, level-triggered, when
     * it is worth trying. Starts with no interest. A completion driver, which does not watch descriptors for users,
     * posts a poll operation for it.
     *
     * @throws UnsupportedOperationException without {@link DriverFeature#RAW_SOCKETS}; not called then
     * @throws IOException if the channel cannot be served; it is then as it was
     */
    default WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        return watch(channel, events);
    }

    /**
     * Closes the engine. All ports have been released before. Idempotent.
     *
     * @throws IOException if the engine could not be closed cleanly; its resources are given up all the same
     */
    void close() throws IOException;
}
