package aio.core.net.pipe;

import aio.core.foreign.CoreLog;
import aio.core.foreign.PipeCalls;
import aio.core.kernel.Kernel;
import aio.core.net.WriteQueue;
import aio.core.transport.FlowControl;
import aio.transport.WritePipeProtocol;
import aio.transport.WriteTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The writing end of a pipe. Loop thread. */
final class WritePipeTransport extends PipeTransport implements WriteTransport, FlowControl.Writing {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int WRITE_LIMIT = 64 * 1024; // the JDK copies heap buffers, whole, and a pipe holds no more

    private final WritePipeProtocol protocol;
    private final WritableByteChannel sink;
    private final @Nullable ReadableByteChannel peer;
    private final WriteQueue queue = new WriteQueue();
    private final FlowControl flow;
    private boolean started;
    private boolean eof;

    <C extends SelectableChannel & WritableByteChannel> WritePipeTransport(
            Kernel kernel, Object given, C channel, @Nullable PipePump pump, WritePipeProtocol protocol) {
        super(kernel, given, channel, pump);
        this.sink = channel;
        this.peer = channel instanceof ReadableByteChannel readable ? readable : null;
        this.protocol = protocol;
        this.flow = new FlowControl(this);
    }

    @Override
    void start(Runnable whenStarted) {
        try {
            PipeCalls.made(kernel.calls(), protocol, this);
        } finally {
            started = true;
            interestChanged();
            whenStarted.run();
        }
    }

    @Override
    protected boolean wantsReading() {
        return peer != null && started && !ending().isLost(); // a socket tells by this that the other side has left
    }

    @Override
    protected boolean wantsWriting() {
        return !queue.isEmpty() && !ending().isLost();
    }

    // ---- writing

    @Override
    public void write(ByteBuffer data) {
        kernel.channelUsed("write");
        writeOrQueue(data);
        flow.grown(queue.size());
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        kernel.channelUsed("writelines");
        try {
            data.forEach(this::writeOrQueue);
        } finally { // what came before a buffer that cannot be had is sent
            flow.grown(queue.size());
        }
    }

    private void writeOrQueue(ByteBuffer data) {
        if (eof) {
            throw new IllegalStateException("cannot write after writeEof() on " + this);
        }
        if (data.hasRemaining() && isClosing()) {
            ending().countDropped("pipe closed by peer or write to it failed");
        } else if (queue.isEmpty()) {
            send(data);
        }
        if (data.hasRemaining() && !isClosing()) {
            boolean first = queue.isEmpty();
            try {
                queue.add(data);
            } catch (OutOfMemoryError e) { // other bytes must not be sent after the hole
                queue.clear(); // which leaves memory for the rest
                broken(new IOException("there was no memory for bytes that could not be sent at once", e));
            }
            if (first) {
                interestChanged();
            }
        }
        data.position(data.limit());
    }

    private void send(ByteBuffer data) {
        int end = data.limit();
        try {
            while (data.position() < end) {
                data.limit(Math.min(end, data.position() + WRITE_LIMIT));
                sink.write(data);
                if (data.hasRemaining()) {
                    return;
                }
            }
        } catch (IOException e) {
            broken(e);
        } finally {
            data.limit(end);
        }
    }

    @Override
    public void writable() {
        if (!wantsWriting()) {
            return;
        }
        try {
            queue.writeTo(sink);
        } catch (IOException e) {
            broken(e);
            return;
        }
        try {
            flow.shrunk(queue.size());
        } finally { // the user's code may leave the loop
            if (queue.isEmpty()) {
                interestChanged();
                if (isClosing()) {
                    sent();
                }
            }
        }
    }

    /** Ends the pipe; failures of I/O are not reported to the exception handler. */
    private void broken(IOException cause) {
        Throwable known = pump == null ? null : pump.failure();
        LOG.log(Level.DEBUG, "Fatal write error on pipe transport: " + this, cause);
        queue.clear();
        lose(known == null ? cause : known);
    }

    // ---- ending

    /** To be readable means, for a write pipe, that the other side may have ended; bytes that it sends are ignored. */
    @Override
    public void readable() {
        ReadableByteChannel other = peer;
        if (other == null || !wantsReading()) {
            return;
        }
        boolean gone;
        try {
            gone = other.read(kernel.receiveBuffer().cleared()) < 0;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the other side of " + this + " is gone", e);
            gone = true;
        }
        if (gone) {
            boolean unsent = !queue.isEmpty();
            long size = queue.size();
            queue.clear();
            lose(unsent ? new IOException("Broken pipe: the reader went away, " + size + " bytes were not sent")
                    : null);
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void writeEof() {
        kernel.channelUsed("writeEof");
        if (!isClosing()) {
            eof = true;
            finish();
        }
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        finish();
    }

    private void finish() {
        if (beginClosing() && queue.isEmpty()) {
            sent();
        }
    }

    /** All is written here; with a pump it has arrived only once the pump has carried the last bytes. */
    private void sent() {
        if (pump == null) {
            lose(null);
        } else {
            closeChannel();
        }
    }

    @Override
    void pumpOver(@Nullable Throwable failure) {
        if (failure != null) {
            queue.clear();
            lose(failure);
        } else if (isClosing()) {
            lose(null);
        }
    }

    @Override
    public void abort() {
        kernel.channelUsed("abort");
        drop(null);
    }

    private void drop(@Nullable Throwable cause) {
        queue.clear();
        if (pump != null) {
            pump.abandon();
        }
        lose(cause);
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        PipeCalls.lost(kernel.calls(), protocol, cause, this);
    }

    // ---- buffer

    @Override
    public long getWriteBufferSize() {
        return queue.size();
    }

    @Override
    public void pauseWriter() {
        PipeCalls.pauseWriting(kernel.calls(), protocol, this);
    }

    @Override
    public void resumeWriter() {
        PipeCalls.resumeWriting(kernel.calls(), protocol, this);
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        flow.setLimits(low, high);
        flow.grown(queue.size());
    }

    // ---- attachment

    @Override
    public Object user() {
        return protocol;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        drop(cause);
    }

    @Override
    protected void lost(Throwable cause) {
        drop(cause);
    }
}
