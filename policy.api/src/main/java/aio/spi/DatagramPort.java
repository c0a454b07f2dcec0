package aio.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A datagram socket that a driver serves. The driver need not care whether the channel is connected.
 *
 * <p>{@link #release} must not lose datagrams: inside it, the driver hands back by {@link DatagramEvents#unread} what
 * it has received and not delivered. Datagrams that it has taken for sending have reached the kernel.
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
     * Gives one datagram to the kernel. If the kernel does not take it, {@link DatagramEvents#writable} is delivered
     * once, when it can be tried again.
     *
     * @param data from position to limit; not kept, and advanced to its limit if taken
     * @param target where to; for a connected channel its peer
     * @return true if it was taken, false if there is no room for it now
     * @throws IOException if this datagram cannot be sent, or an earlier one could not; the port continues to work
     */
    boolean send(ByteBuffer data, SocketAddress target) throws IOException;
}
