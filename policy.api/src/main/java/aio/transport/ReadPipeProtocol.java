package aio.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user's side of a pipe that is read: the part of {@code asyncio.Protocol} that receives. The order of calls is:
 * {@link #connectionMade} once, then {@link #dataReceived} any number of times, then {@link #eofReceived} at most once,
 * then {@link #connectionLost} exactly once.
 *
 * <p>An exception from {@code dataReceived} ends the pipe: it goes to the loop's exception handler and to
 * {@code connectionLost}. One from another method goes to the exception handler only.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface ReadPipeProtocol {

    /** The pipe was connected. Reading starts after this call, unless it pauses reading. */
    default void connectionMade(ReadTransport transport) {}

    /**
     * Bytes arrived.
     *
     * @param data the bytes between position and limit, lent for the duration of the call: copy what is kept
     */
    default void dataReceived(ByteBuffer data) {}

    /** The other end was closed; the transport closes itself. */
    default void eofReceived() {}

    /**
     * The pipe has ended; nothing follows.
     *
     * @param cause what broke it; null after the end of the stream or a close
     */
    default void connectionLost(@Nullable Throwable cause) {}
}
