package aio.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives from a driver what happens to a datagram socket.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface DatagramEvents {

    /**
     * Returns an empty buffer with room for the largest datagram, or null if nothing must be received now. For a driver
     * that receives right before it delivers. The driver must not keep the buffer. If it has received a datagram into
     * it, it must call {@link #received} before any other event.
     */
    @Nullable ByteBuffer receiveBuffer();

    /**
     * Takes one datagram.
     *
     * @param data the datagram between position and limit, which may be empty; lent for the call. The buffer is that of
     *     {@link #receiveBuffer}, flipped, or one of the driver's own
     * @param sender where it comes from
     * @return true if the driver may receive more at once, false if receiving was paused or ended meanwhile
     */
    boolean received(ByteBuffer data, SocketAddress sender);

    /**
     * Takes back a datagram that was received and not delivered. Only inside {@link DatagramPort#release}, in the order
     * of their arrival. The loop delivers them before anything that the next driver receives.
     *
     * @param data the datagram between position and limit, lent for the call
     * @param sender where it comes from
     */
    void unread(ByteBuffer data, SocketAddress sender);

    /** Sending can be tried again, see {@link DatagramPort#send}. */
    void writable();

    /**
     * Receiving failed, or the network reported that an earlier datagram did not arrive; the socket continues to work.
     * Also inside {@link DatagramPort#release}, for a failure that was not delivered.
     */
    void failed(IOException cause);
}
