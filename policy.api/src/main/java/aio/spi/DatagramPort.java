package aio.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A datagram socket in the hands of a driver; the channel is connected or not, which the driver need not care about.
 *
 * <p>{@link #release} must not lose datagrams: what the driver has received and not yet delivered goes back by
 * {@link DatagramEvents#unread} inside {@code release}. What it has taken for sending has reached the kernel.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface DatagramPort extends Port {

    /** Starts to deliver what arrives, or continues. Idempotent. */
    void resumeReceiving();

    /** Stops delivering: nothing is received until resumed. Idempotent. */
    void pauseReceiving();

    /**
     * Gives one datagram to the kernel. If it is not taken, {@link DatagramEvents#writable} is delivered once, when it
     * can be tried again.
     *
     * @param data from position to limit; not kept, and advanced to its limit if taken
     * @param target where to; for a connected channel its peer
     * @return true if it was taken, false if there is no room for it now
     * @throws IOException if this datagram cannot be sent, or an earlier one could not; the port works on
     */
    boolean send(ByteBuffer data, SocketAddress target) throws IOException;
}
