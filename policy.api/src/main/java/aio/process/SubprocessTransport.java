package aio.process;

import aio.transport.BaseTransport;
import aio.transport.ReadTransport;
import aio.transport.WriteTransport;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The loop's side of a child process, as {@code asyncio.SubprocessTransport}.
 *
 * <p>{@link #close} closes the pipes and kills the child if it still runs.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise. Implemented by the loop.
 */
@ProviderType
public interface SubprocessTransport extends BaseTransport {

    /** Returns the process id. Any thread. */
    long getPid();

    /**
     * Returns the exit status, empty while the child runs: n if it exited with n, -N if it was killed by signal N. Any
     * thread.
     */
    OptionalInt getReturncode();

    /**
     * Returns the transport of a pipe: a {@link WriteTransport} for 0, a {@link ReadTransport} for 1 and 2, null if
     * that stream is no pipe.
     *
     * @param fd 0 for the child's standard input, 1 for its output, 2 for its error
     */
    @Nullable BaseTransport getPipeTransport(int fd);

    /** Returns the pipe to the child's standard input, null if it is none. */
    default @Nullable WriteTransport stdin() {
        return (WriteTransport) getPipeTransport(0);
    }

    /** Returns the pipe from the child's standard output, null if it is none. */
    default @Nullable ReadTransport stdout() {
        return (ReadTransport) getPipeTransport(1);
    }

    /** Returns the pipe from the child's standard error, null if it is none. */
    default @Nullable ReadTransport stderr() {
        return (ReadTransport) getPipeTransport(2);
    }

    /**
     * Writes to the child's standard input; never blocks. Ignored after {@link #closeStdin}, as by every transport.
     *
     * @throws IllegalStateException if it is no pipe
     */
    void writeStdin(ByteBuffer data);

    /** Closes the child's standard input after what was written. Idempotent; no effect if it is no pipe. */
    void closeStdin();

    /**
     * Sends a signal, as {@code send_signal}.
     *
     * @throws ProcessGoneException if the child has ended
     * @throws IllegalArgumentException if there is no such signal
     * @throws UnsupportedOperationException on Windows, unless it is {@code TERM} or {@code KILL}
     */
    void sendSignal(ProcessSignal signal);

    /**
     * Asks the child to end ({@code SIGTERM}).
     *
     * @throws ProcessGoneException if the child has ended
     */
    void terminate();

    /**
     * Kills the child ({@code SIGKILL}).
     *
     * @throws ProcessGoneException if the child has ended
     */
    void kill();
}
