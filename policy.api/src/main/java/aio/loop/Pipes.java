package aio.loop;

import aio.protocol.ReadPipeProtocol;
import aio.protocol.WritePipeProtocol;
import aio.transport.ReadPipe;
import aio.transport.WritePipe;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pipes: one direction each. A channel that can be selected ({@link java.nio.channels.Pipe}, a connected socket) is
 * served by the loop itself, on every driver. Anything else (a stream, a named pipe) is carried to and from the loop by
 * a thread of its own. The pipe belongs to the transport and is closed with it.
 *
 * <p>Files are refused, as in asyncio: they are always ready. So are devices that have a position, such as
 * {@code /dev/null}, for the JVM cannot tell them from files.
 *
 * <p>Differs from asyncio: that the reader of a pipe has gone away is noticed while idle only if the pipe is a socket;
 * otherwise at the next write, for the JVM cannot watch a writing end for that. Something that blocks is closed only
 * when the read or write that is under way returns, unless it is an {@link java.nio.channels.InterruptibleChannel}.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 */
@ProviderType
public interface Pipes {

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
}
