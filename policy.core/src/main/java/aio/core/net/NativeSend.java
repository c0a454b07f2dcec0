package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.foreign.UntrustedException;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.statistics.Count;
import aio.spi.StreamPort;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file over a socket transport without copying, as long as the driver can. If the driver, or the next one,
 * cannot, the fallback continues where this stops. Loop thread.
 */
final class NativeSend {
    private final Kernel kernel;
    private final SocketTransport transport;
    private final FilePart part;
    private final CoreFuture<Long> result;
    private final Runnable fallBack;

    NativeSend(
            Kernel kernel, SocketTransport transport, FilePart part, CoreFuture<Long> result, Runnable fallBack) {
        this.kernel = kernel;
        this.transport = transport;
        this.part = part;
        this.result = result;
        this.fallBack = fallBack;
    }

    void begin() {
        transport.sendFile(this);
        result.addDoneCallback(done -> {
            if (done.isCancelled()) {
                transport.fileSent(this);
            }
        });
    }

    /** Continues: what was written before is on its way, and the port may take more. */
    void advance(StreamPort port) {
        if (result.isDone()) {
            transport.fileSent(this);
            return;
        }
        FilePart.Progress progress;
        long before = part.sent();
        try {
            progress = part.transferTo((file, position, count) ->
                    PortCalls.transfer(port, file, position, count, transport));
        } catch (UntrustedException e) {
            transport.broken(e, "Fatal error while sending a file");
            return;
        } catch (IOException | RuntimeException e) {
            transport.fileSent(this);
            result.fail(e);
            return;
        } finally {
            kernel.meter().add(Count.SENT, part.sent() - before);
            transport.account().sent(part.sent() - before);
        }
        switch (progress) {
            case DONE -> {
                transport.fileSent(this);
                result.complete(part.sent());
            }
            case UNSUPPORTED -> {
                transport.fileSent(this);
                fallBack.run();
            }
            case GOING_ON -> kernel.callSoon(transport::writable);
            case BLOCKED -> { } // the port will tell
        }
    }

    /** The connection is over. */
    void lost(@Nullable Throwable cause) {
        result.fail(new IOException("the connection " + transport + " was lost after " + part.sent()
                + " bytes of the file", cause));
    }
}
