package aio.process;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user's side of a child process, as {@code asyncio.SubprocessProtocol}. {@link #connectionMade} is called first.
 * {@link #processExited} and the methods for pipes are called in no guaranteed order, but for each pipe all data comes
 * before its loss. {@link #connectionLost} is called last, after the exit and the end of all pipes.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface SubprocessProtocol {

    /** The child was started. */
    default void connectionMade(SubprocessTransport transport) {}

    /**
     * The child wrote to a pipe.
     *
     * @param fd 1 for its standard output, 2 for its standard error
     * @param data lent for the duration of the call
     */
    default void pipeDataReceived(int fd, ByteBuffer data) {}

    /**
     * A pipe was closed.
     *
     * @param fd 0 for the child's standard input, 1 for its output, 2 for its error
     * @param cause what broke it, or null
     */
    default void pipeConnectionLost(int fd, @Nullable Throwable cause) {}

    /** The write buffer of the child's standard input grew above its high mark. */
    default void pauseWriting() {}

    /** The write buffer of the child's standard input shrank to its low mark or below. */
    default void resumeWriting() {}

    /** The child ended; {@link SubprocessTransport#getReturncode} is known. */
    default void processExited() {}

    /** The child and its pipes have ended; nothing follows. */
    default void connectionLost(@Nullable Throwable cause) {}
}
