package aio.transport;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user's side of a stream, as {@code asyncio.Protocol}. The order of calls is: {@link #connectionMade} once, then
 * {@link #dataReceived} any number of times, then {@link #eofReceived} at most once, then {@link #connectionLost}
 * exactly once. {@link #pauseWriting} and {@link #resumeWriting} come in turn, in between.
 *
 * <p>An exception from {@code dataReceived} or {@code eofReceived} ends the connection: it goes to the loop's exception
 * handler and to {@code connectionLost}. One from {@code connectionMade}, {@code connectionLost}, {@code pauseWriting}
 * or {@code resumeWriting} goes to the exception handler only. None disturbs other connections.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface StreamProtocol {

    /**
     * Returns a protocol whose {@link #dataReceived} calls {@code received} with the transport and the bytes. Its other
     * methods are the defaults, so nothing keeps it from writing faster than the peer reads: a protocol that writes
     * much needs a class of its own with {@link #pauseWriting}.
     *
     * <pre>{@code
     * loop.createServer(() -> StreamProtocol.of((transport, data) -> transport.write(data)), "127.0.0.1", 7007);
     * }</pre>
     *
     * @param received called on the thread of the loop; the buffer is lent for the duration of the call
     */
    static StreamProtocol of(BiConsumer<? super StreamTransport, ? super ByteBuffer> received) {
        return new ReceivingProtocol(received);
    }

    /** The connection was made. Reading starts after this call, unless it pauses reading. */
    default void connectionMade(StreamTransport transport) {}

    /**
     * Bytes arrived.
     *
     * @param data the bytes between position and limit, lent for the duration of the call: copy what is kept
     */
    default void dataReceived(ByteBuffer data) {}

    /**
     * The peer sends no more.
     *
     * @return true to keep the sending side open until the transport is closed; false to let the transport close itself
     */
    default boolean eofReceived() {
        return false;
    }

    /**
     * The connection has ended; nothing follows.
     *
     * @param cause what broke it; null after a regular end of stream, a close or an abort
     */
    default void connectionLost(@Nullable Throwable cause) {}

    /** The write buffer grew above its high mark: write no more until {@link #resumeWriting}. */
    default void pauseWriting() {}

    /** The write buffer shrank to its low mark or below. */
    default void resumeWriting() {}
}
