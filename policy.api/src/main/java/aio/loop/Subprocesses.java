package aio.loop;

import aio.process.Subprocess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starting child processes. Standard input, output and error of the child are pipes to the protocol, unless the options
 * say otherwise. Output is delivered to the real end of file, also what a grandchild writes after the child has ended.
 *
 * <p>Differs from asyncio: standard input is closed when the child has ended, also if a grandchild still reads it. On
 * Windows, and where there is no {@code mkfifo}, the JDK cuts the outputs soon after the child ends. The JDK does not
 * tell a child killed by signal N from one that ended itself with 128+N: return codes 129 to 159 are reported as -1 to
 * -31.
 *
 * <p>When the core stops, children of loops are killed: protocols see the loss of the pipes, the exit, and
 * {@code connectionLost} with the cause.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 */
@ProviderType
public interface Subprocesses {

    /**
     * Starts a program, as {@code subprocess_exec}. A program or a working directory that does not exist arrives in the
     * future as {@link java.nio.file.NoSuchFileException}. Cancelling the future kills the child.
     *
     * @param command the program and its arguments
     * @throws IllegalArgumentException if the command is null or empty, or holds a null or a NUL character
     */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options);

    /** Starts a program with three pipes, see {@link #subprocessExec(Supplier, List, SubprocessOptions)}. */
    default <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command) {
        return subprocessExec(protocolFactory, command, SubprocessOptions.defaults());
    }

    /**
     * Starts a command of the system's shell, as {@code subprocess_shell}; see
     * {@link #subprocessExec(Supplier, List, SubprocessOptions)}.
     */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options);

    /** Starts a command of the system's shell with three pipes. */
    default <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command) {
        return subprocessShell(protocolFactory, command, SubprocessOptions.defaults());
    }
}
