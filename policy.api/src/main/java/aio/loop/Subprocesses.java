package aio.loop;

import aio.process.Subprocess;
import aio.process.SubprocessProtocol;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starting child processes. Standard input, output and error of the child are pipes to the protocol.
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
     */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command);

    /** Starts a command of the system's shell, as {@code subprocess_shell}. */
    <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(Supplier<P> protocolFactory, String command);
}
