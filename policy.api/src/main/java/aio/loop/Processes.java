package aio.loop;

import aio.process.ChildProcess;
import aio.process.ProcessSignal;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import aio.transport.ReadPipe;
import aio.transport.ReadPipeProtocol;
import aio.transport.WritePipe;
import aio.transport.WritePipeProtocol;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that deals with other processes: children, pipes, signals.
 *
 * <p>Thread safety: any thread. Protocol factories, protocols and signal handlers are called on the thread of the loop.
 *
 * <p><b>Child processes.</b> Standard input, output and error of the child are pipes to the protocol, unless the
 * options say otherwise. Output is delivered up to the real end of file, including what a grandchild writes after the
 * child has ended.
 *
 * <p>Differs from asyncio: standard input is closed when the child has ended, also if a grandchild still reads it. On
 * Windows, and where there is no {@code mkfifo}, the JDK cuts the outputs soon after the child ends. The JDK does not
 * tell a child killed by signal N from one that ended itself with 128+N: return codes 129 to 159 are reported as -1 to
 * -31.
 *
 * <p>When the core stops, children of loops are killed: protocols see the loss of the pipes, the exit, and {@code
 * connectionLost} with the cause.
 *
 * <p><b>Pipes.</b> A pipe has one direction. A channel that can be selected ({@link java.nio.channels.Pipe}, a
 * connected socket) is served by the loop itself, on every driver. Anything else (a stream, a named pipe) is served by
 * a thread of its own. The pipe belongs to the transport and is closed with it.
 *
 * <p>Files are refused, as in asyncio: they are always ready. So are devices that have a position, such as {@code
 * /dev/null}, for the JVM cannot tell them from files.
 *
 * <p>Differs from asyncio: a write pipe that is idle notices that its reader has gone away only if it is a socket. Any
 * other pipe notices it at the next write, since the JVM cannot watch a writing end for that. A pipe that blocks is
 * closed only when the read or write that is under way returns, unless it is an {@link
 * java.nio.channels.InterruptibleChannel}.
 *
 * <p><b>Signals.</b> Each loop has one handler for a signal: the last one set. If several loops of the process handle a
 * signal, the handler of each is called. When the last handler is removed, the signal does again what it did before the
 * first one (for {@code INT} and {@code TERM} the shutdown of the JVM). Handlers end with their loop; on a managed loop
 * also with the bundle of the callback.
 *
 * <p>Differs from asyncio: any thread may set a handler, not only the main one; a signal has a name, see {@link
 * ProcessSignal}; and setting a handler returns its handle.
 *
 * <p>The methods for signals throw {@link UnsupportedOperationException} where the JVM gives no access to them (package
 * {@code sun.misc} of module {@code jdk.unsupported}), see {@link Feature#SIGNALS}.
 */
@ProviderType
public interface Processes {

    // ---- child processes

    /**
     * Starts a program, as {@code subprocess_exec}. If the program or the working directory does not exist, the future
     * fails with {@link java.nio.file.NoSuchFileException}. Cancelling the future kills the child.
     *
     * @param command the program and its arguments
     * @throws IllegalArgumentException if the command is null or empty, or holds a null or a NUL character
     */
    <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options);

    /** Starts a program with three pipes, see {@link #subprocessExec(Supplier, List, SubprocessOptions)}. */
    default <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command) {
        return subprocessExec(protocolFactory, command, SubprocessOptions.defaults());
    }

    /**
     * Starts a command of the system's shell, as {@code subprocess_shell}; see
     * {@link #subprocessExec(Supplier, List, SubprocessOptions)}.
     */
    <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options);

    /** Starts a command of the system's shell with three pipes. */
    default <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command) {
        return subprocessShell(protocolFactory, command, SubprocessOptions.defaults());
    }

    /**
     * Starts a program without a protocol, as {@code asyncio.create_subprocess_exec}; otherwise as
     * {@link #subprocessExec(Supplier, List, SubprocessOptions)}. Differs from asyncio: unless the options say
     * otherwise all three streams are pipes.
     */
    LoopFuture<Subprocess> createSubprocessExec(List<String> command, SubprocessOptions options);

    /** Starts a program with three pipes, see {@link #createSubprocessExec(List, SubprocessOptions)}. */
    default LoopFuture<Subprocess> createSubprocessExec(List<String> command) {
        return createSubprocessExec(command, SubprocessOptions.defaults());
    }

    /**
     * Starts a command of the system's shell without a protocol, as {@code asyncio.create_subprocess_shell}; see
     * {@link #createSubprocessExec(List, SubprocessOptions)}.
     */
    LoopFuture<Subprocess> createSubprocessShell(String command, SubprocessOptions options);

    /** Starts a command of the system's shell with three pipes. */
    default LoopFuture<Subprocess> createSubprocessShell(String command) {
        return createSubprocessShell(command, SubprocessOptions.defaults());
    }

    // ---- pipes

    /**
     * Reads from a pipe, as {@code connect_read_pipe}. If the factory fails, the pipe stays as it is.
     *
     * @throws IllegalArgumentException if the channel is closed, a file, or not a stream of bytes
     * @throws LoopClosedException if the loop is closed
     */
    <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, ReadableByteChannel pipe);

    /** Reads from a stream, see {@link #connectReadPipe(Supplier, ReadableByteChannel)}. */
    <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, InputStream stream);

    /**
     * Writes to a pipe, as {@code connect_write_pipe}. If the factory fails, the pipe stays as it is.
     *
     * @throws IllegalArgumentException if the channel is closed, a file, or not a stream of bytes
     * @throws LoopClosedException if the loop is closed
     */
    <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, WritableByteChannel pipe);

    /** Writes to a stream and flushes it each time, see {@link #connectWritePipe(Supplier, WritableByteChannel)}. */
    <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, OutputStream stream);

    // ---- signals

    /**
     * Calls {@code callback} on the loop, as any other callback, whenever the process gets the signal; as
     * {@code add_signal_handler}. A handler whose handle was cancelled is removed when its signal comes.
     *
     * @throws IllegalArgumentException if the system has no such signal
     * @throws IllegalStateException if the signal cannot be caught, as {@code KILL} and {@code STOP}, or belongs to the
     *     JVM, as {@code QUIT}, {@code SEGV} and {@code FPE}
     * @throws LoopClosedException if the loop is closed
     */
    Handle addSignalHandler(ProcessSignal signal, Runnable callback);

    /** Removes the handler of this loop, as {@code remove_signal_handler}; returns false if there was none. */
    boolean removeSignalHandler(ProcessSignal signal);
}
