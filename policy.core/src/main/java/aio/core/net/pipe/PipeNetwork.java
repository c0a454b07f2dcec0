package aio.core.net.pipe;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Text;
import aio.core.foreign.UserCalls;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.net.Channels;
import aio.core.thread.Interrupts;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.transport.ReadPipe;
import aio.transport.ReadPipeProtocol;
import aio.transport.WritePipe;
import aio.transport.WritePipeProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The pipes of a loop, see {@code Processes}. Any thread; the work is done on the loop's. */
public final class PipeNetwork {
    private final Kernel kernel;

    /** Makes the transport of a pipe for a protocol. */
    @FunctionalInterface
    private interface Opening<P, T extends PipeTransport> {
        T open(P protocol) throws IOException;
    }

    public PipeNetwork(Kernel kernel) {
        this.kernel = kernel;
    }

    public <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> read(Supplier<P> protocolFactory, InputStream stream) {
        return read(protocolFactory, StreamChannels.of(Objects.requireNonNull(stream, "stream")), stream);
    }

    public <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> read(
            Supplier<P> protocolFactory, ReadableByteChannel pipe) {
        return read(protocolFactory, pipe, pipe);
    }

    private <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> read(
            Supplier<P> protocolFactory, ReadableByteChannel pipe, Object given) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        check(pipe, given);
        return connect(protocolFactory, protocol -> {
            if (pipe instanceof Pipe.SourceChannel source) {
                source.configureBlocking(false);
                return new ReadPipeTransport(kernel, given, source, null, protocol);
            }
            if (pipe instanceof SocketChannel socket) {
                socket.configureBlocking(false);
                return new ReadPipeTransport(kernel, given, socket, null, protocol);
            }
            Pipe inner = Pipe.open();
            inner.source().configureBlocking(false);
            return new ReadPipeTransport(kernel, given, inner.source(), PipePump.from(kernel, pipe, inner), protocol);
        }, ReadPipe<P>::new);
    }

    public <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> write(
            Supplier<P> protocolFactory, OutputStream stream) {
        return write(protocolFactory, StreamChannels.of(Objects.requireNonNull(stream, "stream")), stream);
    }

    public <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> write(
            Supplier<P> protocolFactory, WritableByteChannel pipe) {
        return write(protocolFactory, pipe, pipe);
    }

    private <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> write(
            Supplier<P> protocolFactory, WritableByteChannel pipe, Object given) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        check(pipe, given);
        return connect(protocolFactory, protocol -> {
            if (pipe instanceof Pipe.SinkChannel sink) {
                sink.configureBlocking(false);
                return new WritePipeTransport(kernel, given, sink, null, protocol);
            }
            if (pipe instanceof SocketChannel socket) {
                socket.configureBlocking(false);
                return new WritePipeTransport(kernel, given, socket, null, protocol);
            }
            Pipe inner = Pipe.open();
            inner.sink().configureBlocking(false);
            return new WritePipeTransport(kernel, given, inner.sink(), PipePump.to(kernel, pipe, inner), protocol);
        }, WritePipe<P>::new);
    }

    /** Refuses a channel that is not a pipe. */
    private static void check(Channel pipe, Object given) {
        if (!Objects.requireNonNull(pipe, "pipe").isOpen()) {
            throw new IllegalArgumentException(Text.of(given) + " is closed: expected an open pipe");
        }
        boolean selectable = pipe instanceof SelectableChannel;
        if (selectable && !(pipe instanceof Pipe.SourceChannel || pipe instanceof Pipe.SinkChannel
                || pipe instanceof SocketChannel socket && socket.isConnected())) {
            throw new IllegalArgumentException(
                    Text.of(given) + " is no pipe: expected a pipe, a connected socket, a named pipe, a device or a"
                            + " stream");
        }
        if (pipe instanceof FileChannel file && hasPosition(file)) {
            throw new IllegalArgumentException(Text.of(given) + " is a file, which is always ready: expected a pipe, a"
                    + " socket or a device; read and write files in runInExecutor");
        }
    }

    private static boolean hasPosition(FileChannel file) {
        try {
            Interrupts.heldOff(file::position);
            return true;
        } catch (IOException e) {
            return false; // it cannot be positioned: a named pipe or a terminal
        }
    }

    private <P, T extends PipeTransport, R> LoopFuture<R> connect(
            Supplier<P> protocolFactory, Opening<P, T> opening, BiFunction<T, P, R> answer) {
        kernel.checkClosed();
        CoreFuture<R> result = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            if (!result.isDone()) {
                begin(protocolFactory, opening, answer, result);
            }
        });
        return result;
    }

    private <P, T extends PipeTransport, R> void begin(
            Supplier<P> protocolFactory,
            Opening<P, T> opening,
            BiFunction<T, P, R> answer,
            CoreFuture<R> result) {
        try {
            kernel.calls().attempt(protocolFactory, () -> {
                P protocol = UserCalls.made(protocolFactory);
                T transport = opening.open(protocol);
                attach(transport);
                return kernel.callSoon(() -> transport.start(() -> {
                    if (!result.complete(answer.apply(transport, protocol))) {
                        transport.close(); // cancelled meanwhile: no user will ever close it
                    }
                }));
            });
        } catch (ForeignFailure e) {
            result.fail(e.failure());
        } catch (LoopExit exit) {
            result.fail(exit); // a thread that waits must not wait for ever
            throw exit;
        }
    }

    private void attach(PipeTransport transport) throws IOException {
        PipePump pump = transport.pump;
        try {
            kernel.seat().attach(transport);
        } catch (IOException e) {
            if (pump != null) { // else the pipe is the user's
                pump.discard();
                Channels.closeQuietly(transport.channel());
            }
            throw e;
        }
        if (pump != null) {
            pump.start(transport);
        }
    }
}
