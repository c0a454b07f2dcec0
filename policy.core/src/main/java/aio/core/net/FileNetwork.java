package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.net.name.Names;
import aio.loop.LoopFuture;
import aio.loop.SendfileNotAvailableException;
import aio.loop.SendfileOptions;
import aio.transport.StreamTransport;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Sends files over transports of a loop. Any thread; the work is done on the loop's. */
public final class FileNetwork {
    private final Kernel kernel;
    private final Names.Blocking reading;

    public FileNetwork(Kernel kernel, Names.Blocking reading) {
        this.kernel = kernel;
        this.reading = reading;
    }

    public LoopFuture<Long> send(StreamTransport transport, FileChannel file, SendfileOptions options) {
        Objects.requireNonNull(transport, "transport");
        FilePart part = new FilePart(Objects.requireNonNull(file, "file"), Objects.requireNonNull(options, "options"));
        if (transport instanceof SocketTransport socket && !socket.belongsTo(kernel)) {
            throw new IllegalArgumentException("transport " + transport + " belongs to another loop than \""
                    + kernel.loopName() + "\": send the file with its own");
        }
        kernel.checkClosed();
        CoreFuture<Long> result = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            if (!result.isDone()) {
                begin(transport, part, result);
            }
        });
        return result;
    }

    private void begin(StreamTransport transport, FilePart part, CoreFuture<Long> result) {
        SocketTransport socket = transport instanceof SocketTransport own ? own : null;
        if (transport.isClosing()) {
            result.fail(new IllegalStateException("Transport is closing: " + transport));
        } else if (transport.getProtocol() instanceof FallbackSend
                || socket != null && socket.sender().isSendingFile()) {
            result.fail(new IllegalStateException("sendfile is in progress on " + transport + ": wait for its end"));
        } else if (socket != null && !socket.sender().mayWriteMore()) {
            result.fail(new IllegalStateException("cannot send a file after writeEof() on " + transport));
        } else if (socket != null) {
            new NativeSend(kernel, socket, part, result, reading).begin();
        } else if (!part.options().fallback()) {
            result.fail(notAvailable(transport));
        } else {
            new FallbackSend(kernel.calls(), transport, part, result, reading).begin();
        }
    }

    static SendfileNotAvailableException notAvailable(StreamTransport transport) {
        return new SendfileNotAvailableException(
                "fallback is disabled and native sendfile is not supported for transport " + transport);
    }
}
