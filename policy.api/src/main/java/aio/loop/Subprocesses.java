package aio.loop;

import aio.process.Subprocess;
import aio.process.SubprocessProtocol;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starting child processes. Standard input, output and error of the child are pipes to the protocol.
 *
 * <p>Differs from asyncio: the JDK cuts the pipes soon after the child ends, so what a grandchild that inherited one writes
 * later is lost. And it does not tell a child killed by signal N from one that ended itself with 128+N: return codes 129
 * to 159 are reported as -1 to -31.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 */
@ProviderType
public interface Subprocesses {

    /**
     * Starts a program, as {@code subprocess_exec}. A program that does not exist arrives in the future as
     * {@link java.nio.file.NoSuchFileException}.
     *
     * @param command the program and its arguments
     * @throws IllegalArgumentException if the command is null or empty, or holds a null or a NUL character
     */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command);

    /** Starts a command of the system's shell, as {@code subprocess_shell}. */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(Supplier<P> protocolFactory, String command);
}
