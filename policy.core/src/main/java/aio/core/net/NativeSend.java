package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.foreign.UntrustedException;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.net.name.Names;
import aio.core.statistics.Count;
import aio.loop.LoopFuture;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file over a socket transport without copying, as long as the driver can; if it cannot, by reading the file
 * on another thread. The file keeps its place in the stream: the end comes after it. Loop thread.
 */
final class NativeSend {
    private final Kernel kernel;
    private final SocketTransport transport;
    private final FilePart part;
    private final CoreFuture<Long> result;
    private final Names.Blocking blocking;
    private boolean reading;

    NativeSend(
            Kernel kernel, SocketTransport transport, FilePart part, CoreFuture<Long> result,
            Names.Blocking blocking) {
        this.kernel = kernel;
        this.transport = transport;
        this.part = part;
        this.result = result;
        this.blocking = blocking;
    }

    void begin() {
        result.addDoneCallback(done -> {
            if (done.isCancelled()) {
                transport.fileSent(this);
            }
        });
        transport.sendFile(this); // may call the user
    }

    /** Continues: what was written before is on its way, and the port may take more. */
    void advance(StreamPort port) {
        if (reading) {
            return; // the bytes that are being read come next
        }
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
            fail(e);
            return;
        } finally {
            kernel.meter().add(Count.SENT, part.sent() - before);
            transport.account().sent(part.sent() - before);
        }
        switch (progress) {
            case DONE -> done();
            case UNSUPPORTED -> read();
            case GOING_ON -> kernel.callSoon(transport::writable);
            case BLOCKED -> { } // the port will tell
        }
    }

    private void done() {
        try {
            transport.fileSent(this); // may call the user
        } finally {
            result.complete(part.sent());
        }
    }

    private void fail(Throwable cause) {
        try {
            transport.fileSent(this);
        } finally {
            result.fail(cause);
        }
    }

    // ---- by reading the file

    private void read() {
        if (part.sent() == 0 && !part.options().fallback()) {
            fail(FileNetwork.notAvailable(transport));
            return;
        }
        long position = part.position();
        int wanted = (int) part.next(FallbackSend.BLOCK);
        try {
            blocking.run(() -> part.read(position, wanted)).addDoneCallback(this::wasRead);
            reading = true;
        } catch (RuntimeException e) {
            fail(e); // the executor is shut down
        }
    }

    private void wasRead(LoopFuture<ByteBuffer> done) {
        reading = false;
        if (result.isDone()) {
            transport.fileSent(this); // whoever has ended it
        } else if (done.isCancelled()) {
            result.cancel();
        } else if (done.exception() != null) {
            fail(done.exception());
        } else if (!Objects.requireNonNull(done.result()).hasRemaining()) {
            done();
        } else {
            write(done.result());
        }
    }

    private void write(ByteBuffer block) {
        int count = block.remaining();
        transport.sender().sendOfFile(block);
        if (result.isDone()) {
            return; // the connection broke
        }
        try {
            part.sent(count);
        } catch (IOException | RuntimeException e) {
            fail(e);
            return;
        }
        if (transport.sender().size() == 0) {
            transport.writable();
        }
    }

    /** The connection is over. */
    void lost(@Nullable Throwable cause) {
        result.fail(new IOException("the connection " + transport + " was lost after " + part.sent()
                + " bytes of the file", cause));
    }
}
