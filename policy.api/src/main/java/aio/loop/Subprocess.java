package aio.loop;

import aio.process.SubprocessResult;
import aio.process.SubprocessTransport;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A child process without a protocol, as asyncio's {@code asyncio.subprocess.Process}; see
 * {@link Processes#createSubprocessExec}. Its output stays in its pipes until {@link #communicate} is called: a child
 * that writes more than they hold waits for that.
 *
 * <p>It ends with its loop or the core, not with the bundle that has started it: end it yourself by the transport.
 *
 * <p>Thread safety: any thread. Implemented by the loop.
 */
@ProviderType
public interface Subprocess {

    /** Returns the loop's side, for its process id, its pipes and for signals. */
    SubprocessTransport transport();

    /** Closes standard input and reads all output, see {@link #communicate(ByteBuffer)}. */
    default LoopFuture<SubprocessResult> communicate() {
        return communicate(ByteBuffer.allocate(0));
    }

    /**
     * Writes {@code input} to standard input and closes that, reads all output, and waits for the end, as
     * {@code communicate}. A child that closes its input before it has read all is no failure. Cancelling the future
     * leaves the child as it is.
     *
     * <p>Fails with the cause if loop or core end before the child does.
     *
     * @param input belongs to the loop until the future is done
     * @throws IllegalStateException if it was called before
     * @throws IllegalArgumentException if there is input, but standard input is no pipe
     */
    LoopFuture<SubprocessResult> communicate(ByteBuffer input);

    /**
     * Returns the return code when the child has ended, as {@code wait}. As in asyncio this waits for ever for a child
     * that fills its pipes: read them with {@link #communicate}.
     */
    LoopFuture<Integer> waitFor();
}
