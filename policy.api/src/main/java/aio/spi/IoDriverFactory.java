package aio.spi;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens I/O engines. A policy brings one; a loop opens one driver from it when it starts to follow that policy.
 *
 * <p>Thread safety: called from any thread. Implemented by policies.
 */
@ConsumerType
public interface IoDriverFactory {

    /** Returns the name that operators see, such as {@code selector}. */
    String name();

    /**
     * Opens a driver for one loop.
     *
     * @throws IOException if the engine cannot be opened; the loop then keeps the driver it has
     */
    IoDriver open(DriverContext context) throws IOException;

    /** Tells whether drivers of this factory can watch descriptors, see {@link IoDriver#watch}. */
    default boolean watchesDescriptors() {
        return true;
    }

    /**
     * Tells whether drivers of this factory serve datagram sockets, see
     * {@link IoDriver#adopt(DatagramChannel, DatagramEvents)}.
     */
    default boolean servesDatagrams() {
        return false;
    }

    /** Tells whether drivers of this factory serve raw socket operations, see {@link IoDriver#serveRaw}. */
    default boolean servesRawSockets() {
        return watchesDescriptors();
    }
}
