package aio.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user's side of a datagram endpoint, as {@code asyncio.DatagramProtocol}. The order of calls is:
 * {@link #connectionMade} once, then {@link #datagramReceived} and {@link #errorReceived} any number of times, then
 * {@link #connectionLost} exactly once. {@link #pauseWriting} and {@link #resumeWriting} come in turn, in between.
 *
 * <p>An exception from any of them goes to the loop's exception handler; the endpoint stays open.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface DatagramProtocol {

    /** The endpoint was opened. Receiving starts after this call. */
    default void connectionMade(DatagramTransport transport) {}

    /**
     * A datagram arrived.
     *
     * @param data the datagram between position and limit, which may be empty; lent for the duration of the call
     * @param sender where it comes from
     */
    default void datagramReceived(ByteBuffer data, SocketAddress sender) {}

    /**
     * Sending or receiving failed; the endpoint stays open. Causes are: no socket listens at the peer's port
     * ({@link java.net.PortUnreachableException}, only on an endpoint with a remote address), the datagram is too
     * large, the target cannot be reached.
     */
    default void errorReceived(Exception cause) {}

    /**
     * The endpoint is closed; nothing follows.
     *
     * @param cause what broke it; null after a close or an abort
     */
    default void connectionLost(@Nullable Throwable cause) {}

    /** The write buffer grew above its high mark: send no more until {@link #resumeWriting}. */
    default void pauseWriting() {}

    /** The write buffer shrank to its low mark or below. */
    default void resumeWriting() {}
}
