package aio.process;

import aio.transport.BaseTransport;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
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
     * Writes to the child's standard input; never blocks.
     *
     * @throws IllegalStateException after {@link #closeStdin}
     */
    void writeStdin(ByteBuffer data);

    /** Closes the child's standard input behind what was written. Idempotent. */
    void closeStdin();

    /**
     * Sends a signal by number.
     *
     * @throws ProcessGoneException if the child has ended
     */
    void sendSignal(int signal);

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
