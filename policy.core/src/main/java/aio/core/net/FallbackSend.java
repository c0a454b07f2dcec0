package aio.core.net;

import aio.core.foreign.StreamCalls;
import aio.core.foreign.UserCalls;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Layer;
import aio.core.net.name.Names;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file over TLS by reading it in the executor and writing it to the transport; it replaces the protocol
 * meanwhile, so as to hear when the transport takes more. Loop thread.
 */
final class FallbackSend implements StreamProtocol, Layer {
    static final int BLOCK = 64 * 1024;

    private final StreamTransport transport;
    private final FilePart part;
    private final CoreFuture<Long> result;
    private final Names.Blocking blocking;
    private final StreamProtocol original;
    private final boolean wasReading;
    private final UserCalls calls;
    private boolean paused;
    private boolean waiting;
    private boolean originalResumes;
    private boolean over;

    FallbackSend(
            UserCalls calls,
            StreamTransport transport,
            FilePart part,
            CoreFuture<Long> result,
            Names.Blocking blocking) {
        this.calls = calls;
        this.transport = transport;
        this.part = part;
        this.result = result;
        this.blocking = blocking;
        this.original = transport.getProtocol();
        this.wasReading = transport.isReading();
    }

    void begin() {
        transport.pauseReading();
        transport.setProtocol(this);
        result.addDoneCallback(done -> restore());
        next();
    }

    private void next() {
        int wanted = (int) part.next(BLOCK);
        if (wanted == 0 || result.isDone()) {
            end();
            return;
        }
        long position = part.position();
        try {
            blocking.run(() -> part.read(position, wanted)).addDoneCallback(this::wasRead);
        } catch (RuntimeException e) {
            fail(e); // the executor is shut down
        }
    }

    private void wasRead(LoopFuture<ByteBuffer> done) {
        if (over) {
            return;
        }
        if (done.isCancelled()) {
            result.cancel();
        } else if (done.exception() != null) {
            fail(done.exception());
        } else if (!Objects.requireNonNull(done.result()).hasRemaining()) {
            end();
        } else if (transport.isClosing()) {
            fail(new IOException("the transport " + transport + " was closed after " + part.sent()
                    + " bytes of the file"));
        } else {
            write(done.result());
        }
    }

    private void write(ByteBuffer block) {
        int count = block.remaining();
        try {
            transport.write(block);
            part.sent(count);
        } catch (LoopExit e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        // if it was paused already, no call will tell
        waiting = paused || transport.getWriteBufferSize() > transport.getWriteBufferLimits().high();
        if (!waiting) {
            next();
        }
    }

    private void end() {
        try {
            restore(); // calls the user
        } finally {
            result.complete(part.sent());
        }
    }

    private void fail(Throwable cause) {
        try {
            restore();
        } finally {
            result.fail(cause);
        }
    }

    private void restore() {
        if (over) {
            return;
        }
        over = true;
        if (transport.getProtocol() == this) {
            transport.setProtocol(original);
            if (wasReading) {
                transport.resumeReading();
            }
        }
        if (paused) {
            StreamCalls.pauseWriting(calls, original, transport);
        } else if (originalResumes) {
            StreamCalls.resumeWriting(calls, original, transport);
        }
    }

    @Override
    public void pauseWriting() {
        paused = true;
    }

    @Override
    public void resumeWriting() {
        originalResumes |= !paused;
        paused = false;
        if (waiting) {
            waiting = false;
            next();
        }
    }

    @Override
    public void cannotSend(Throwable cause) {
        fail(lost(cause)); // and lets the protocol receive again
    }

    private IOException lost(@Nullable Throwable cause) {
        return new IOException("the connection " + transport + " was lost after " + part.sent() + " bytes of the file",
                cause);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        original.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
        return original.eofReceived();
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        over = true;
        result.fail(lost(cause));
        original.connectionLost(cause);
    }

    @Override
    public Object user() {
        return original instanceof Layer layer ? layer.user() : original;
    }

    @Override
    public boolean isClosing() {
        return false;
    }
}
