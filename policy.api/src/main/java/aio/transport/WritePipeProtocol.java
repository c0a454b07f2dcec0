package aio.transport;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user's side of a pipe that is written: {@code asyncio.BaseProtocol}. The order of calls is:
 * {@link #connectionMade} once, then {@link #pauseWriting} and {@link #resumeWriting} in turn, then
 * {@link #connectionLost} exactly once.
 *
 * <p>An exception goes to the loop's exception handler and does not end the pipe.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface WritePipeProtocol {

    /** The pipe was connected. */
    default void connectionMade(WriteTransport transport) {}

    /** The write buffer grew above its high mark: write no more until {@link #resumeWriting}. */
    default void pauseWriting() {}

    /** The write buffer shrank to its low mark or below. */
    default void resumeWriting() {}

    /**
     * The pipe has ended; nothing follows.
     *
     * @param cause what broke it; null after a close or an abort, or if the reader went away while all was written
     */
    default void connectionLost(@Nullable Throwable cause) {}
}
