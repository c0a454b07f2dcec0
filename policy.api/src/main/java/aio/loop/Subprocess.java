package aio.loop;

import aio.process.SubprocessResult;
import aio.process.SubprocessTransport;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A child process without a protocol, as {@code asyncio.subprocess.Process}; see
 * {@link Processes#createSubprocessExec}. Its output stays in its pipes until {@link #communicate} is called: a child
 * that writes more than they hold waits until then.
 *
 * <p>It ends with its loop or with the core, but not with the bundle that has started it: end it by the transport.
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
     * Writes {@code input} to standard input and closes it, reads all output, and waits for the end of the child, as
     * {@code communicate}. It is no failure if the child closes its input before it has read all. Cancelling the future
     * leaves the child as it is. If the loop or the core ends before the child does, the future fails with the cause.
     *
     * @param input belongs to the loop until the future is done
     * @throws IllegalStateException if it was called before
     * @throws IllegalArgumentException if there is input, but standard input is no pipe
     */
    LoopFuture<SubprocessResult> communicate(ByteBuffer input);

    /**
     * Returns a future of the return code, done when the child has ended, as {@code wait}. As in asyncio a child that
     * fills its pipes never ends: read them with {@link #communicate}.
     */
    LoopFuture<Integer> waitFor();
}
