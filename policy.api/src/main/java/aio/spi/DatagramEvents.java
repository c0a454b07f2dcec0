package aio.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver delivers what happens to a datagram socket.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface DatagramEvents {

    /**
     * Returns an empty buffer that the largest datagram fits into, for a driver that receives right before it delivers,
     * or null if nothing must be received now. Never kept; {@link #received} must follow before any other event if a
     * datagram was received into it.
     */
    @Nullable ByteBuffer receiveBuffer();

    /**
     * Takes one datagram.
     *
     * @param data the datagram between position and limit, which may be empty; lent for the call. The buffer is that of
     *     {@link #receiveBuffer}, flipped, or one of the driver's own
     * @param sender where it comes from
     * @return true if receiving may go on at once, false if it was paused or ended meanwhile
     */
    boolean received(ByteBuffer data, SocketAddress sender);

    /**
     * Takes back a datagram that was received and not delivered; inside {@link DatagramPort#release} only, in their
     * order. The loop delivers them before anything that the next driver receives.
     *
     * @param data the datagram between position and limit, lent for the call
     * @param sender where it comes from
     */
    void unread(ByteBuffer data, SocketAddress sender);

    /** Sending can be tried again, see {@link DatagramPort#send}. */
    void writable();

    /**
     * Receiving failed, or the network has told of an earlier datagram that it did not arrive; the socket works on.
     * Also inside {@link DatagramPort#release}, for a failure that was not delivered.
     */
    void failed(IOException cause);
}
