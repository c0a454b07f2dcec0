package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.foreign.UntrustedException;
import aio.core.kernel.Kernel;
import aio.core.statistics.Count;
import aio.core.transport.FlowControl;
import aio.core.transport.Waiting;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: bytes go to the port at once; those that it does not take go to a queue, then
 * comes a file, then the end. Loop thread.
 */
final class Sender {
    private static final int HEAP_WRITE_LIMIT = 128 * 1024; // the JDK copies heap buffers, whole, to direct ones

    private final Kernel kernel;
    private final SocketTransport transport;
    private final FlowControl flow;
    private @Nullable WriteQueue queue; // most connections never have to wait
    private @Nullable NativeSend file;
    private Waiting waiting = Waiting.NOTHING;
    private End end = End.OPEN;
    private long taken; // by drivers; the present one may still hold some of it

    /** Where the end of sending is. */
    private enum End { OPEN, WANTED, SENT }

    Sender(Kernel kernel, SocketTransport transport) {
        this.kernel = kernel;
        this.transport = transport;
        this.flow = new FlowControl(transport);
    }

    FlowControl flow() {
        return flow;
    }

    /** Returns how many bytes wait. */
    long size() {
        StreamPort port = transport.port();
        WriteQueue queued = queue;
        return (queued == null ? 0 : queued.size()) + (port == null ? 0 : PortCalls.unwritten(port, taken, transport));
    }

    /**
     * Sends what would go with the next poll, since a connection that ends may be over by then; returns if that was
     * all.
     */
    boolean isDone() {
        StreamPort port = transport.port();
        if (file != null || isQueued()) {
            return false;
        }
        try {
            if (port != null) {
                PortCalls.flush(port, transport);
            }
        } catch (IOException e) {
            transport.broken(e, "Fatal write error on socket transport");
            return false;
        }
        boolean done = size() == 0 && !transport.isDriverBroken(); // else the next driver gets it back
        waiting = done ? waiting : Waiting.LAST;
        return done;
    }

    // ---- bytes

    void write(ByteBuffer data) {
        if (mayWrite(data.hasRemaining())) {
            send(data);
        }
        data.position(data.limit());
    }

    /** Writes all buffers; if one cannot be had, those before it. */
    void writeAll(Iterable<ByteBuffer> data) {
        try {
            data.forEach(this::write);
        } finally {
            grown();
        }
    }

    private boolean mayWrite(boolean something) {
        if (end != End.OPEN) {
            throw new IllegalStateException("cannot write after writeEof() on " + transport);
        }
        if (file != null) {
            throw new IllegalStateException("unable to write; sendfile is in progress on " + transport);
        }
        return something && !transport.ending().dropsWrite();
    }

    /** Gives the bytes to the port, and the rest to the queue. */
    private void send(ByteBuffer data) {
        kernel.meter().add(Count.SENT, data.remaining());
        transport.account().sent(data.remaining());
        StreamPort port = transport.port();
        if (!isQueued() && port != null) {
            try {
                writeTo(port, data);
            } catch (IOException e) {
                transport.broken(e, "Fatal write error on socket transport");
                return;
            }
        }
        if (data.hasRemaining()) {
            enqueue(data);
        }
    }

    /** Queues bytes; without the memory for them the connection ends, since others must not be sent after the hole. */
    private void enqueue(ByteBuffer data) {
        WriteQueue queued = queue();
        long before = queued.size();
        try {
            queued.add(data);
        } catch (OutOfMemoryError e) {
            queued.clear(); // which leaves memory for the rest
            transport.broken(new IOException("there was no memory for bytes that could not be sent at once", e),
                    "Fatal write error on socket transport");
        } finally {
            kernel.meter().add(Count.QUEUED, queued.size() - before);
        }
    }

    /** Something was written: pauses the protocol if too much waits. */
    void grown() {
        long size = size();
        if (size > 0 && transport.ending().sends()) { // rarely
            waiting = isQueued() ? Waiting.ROOM : Waiting.LAST;
            flow.grown(size);
        }
    }

    private boolean isQueued() {
        WriteQueue queued = queue;
        return queued != null && !queued.isEmpty();
    }

    private WriteQueue queue() {
        WriteQueue present = queue;
        if (present == null) {
            present = new WriteQueue();
            queue = present;
        }
        return present;
    }

    private void writeTo(StreamPort port, ByteBuffer data) throws IOException {
        if (data.isDirect() || data.remaining() <= HEAP_WRITE_LIMIT) {
            taken += PortCalls.write(port, data, transport);
            return;
        }
        int end = data.limit();
        try {
            boolean going = true;
            while (going && data.position() < end) {
                data.limit(Math.min(end, data.position() + HEAP_WRITE_LIMIT));
                taken += PortCalls.write(port, data, transport);
                going = !data.hasRemaining();
            }
        } finally {
            data.limit(end);
        }
    }

    // ---- continuing

    /** The port may take more, or has sent the last bytes. */
    void writable() {
        StreamPort port = transport.port();
        if (port == null || !transport.ending().sends()) {
            return;
        }
        kernel.ioHappened();
        WriteQueue queued = queue;
        try {
            if (queued != null) {
                long before = queued.size();
                try {
                    taken += queued.writeTo(port, transport);
                } finally {
                    kernel.meter().add(Count.QUEUED, queued.size() - before);
                }
            }
        } catch (IOException e) {
            transport.broken(e, "Fatal write error on socket transport");
            return;
        }
        long size = size();
        waiting = file != null || isQueued() ? Waiting.ROOM : size > 0 ? Waiting.LAST : Waiting.NOTHING;
        try {
            flow.shrunk(size);
        } finally { // the user's code may leave the loop
            if (size() == 0) {
                flushed();
            }
        }
    }

    /** There is another port; the one before may have been about to tell. */
    void portChanged() {
        if (waiting != Waiting.NOTHING) {
            kernel.callSoon(this::writable); // resumeWriting is the user's code: not during the exchange
        }
    }

    private void flushed() {
        NativeSend sending = file;
        StreamPort port = transport.port();
        if (sending != null && port != null) {
            sending.advance(port);
        } else {
            transport.flushed();
            if (end == End.WANTED) {
                sendEnd();
            }
        }
    }

    /** Takes back bytes that a port has taken and not sent. */
    void unwritten(ByteBuffer bytes) {
        if (!transport.ending().sends() || kernel.isClosed()) {
            return;
        }
        int count = bytes.remaining();
        try {
            queue().giveBack(bytes);
        } catch (OutOfMemoryError e) { // not the driver's fault
            transport.end(new UntrustedException("there was no memory for " + count
                    + " bytes that were not sent, and that the driver has handed back", e));
            return;
        }
        kernel.meter().add(Count.QUEUED, count);
        if (end == End.SENT) {
            end = End.WANTED; // the bytes come before it
        }
    }

    /** Nothing can be sent any more. */
    void drop(@Nullable Throwable cause) {
        WriteQueue dropped = queue;
        if (dropped != null) {
            kernel.meter().add(Count.QUEUED, -dropped.size());
            queue = null;
        }
        waiting = Waiting.NOTHING;
        NativeSend sending = file;
        if (sending != null) {
            file = null;
            sending.lost(cause);
        }
    }

    // ---- files

    boolean isSendingFile() {
        return file != null;
    }

    boolean mayWriteMore() {
        return end == End.OPEN;
    }

    /** Gives the connection to a file, after what waits, until {@link #fileSent}. */
    void sendFile(NativeSend next) {
        file = next;
        waiting = Waiting.ROOM;
        if (size() == 0) {
            writable();
        }
    }

    /** Sends bytes of the file, which were read since the port takes none from files. */
    void sendOfFile(ByteBuffer block) {
        waiting = Waiting.ROOM;
        send(block);
    }

    /** Returns whether it was the file that is being sent. */
    boolean fileSent(NativeSend ended) {
        if (file != ended) {
            return false;
        }
        file = null;
        return true;
    }

    /** Continues after a file. */
    void afterFile() {
        if (size() == 0) {
            waiting = Waiting.NOTHING;
            flushed();
        }
    }

    // ---- the end

    void writeEof() {
        if (end == End.OPEN) {
            end = End.WANTED;
            if (!isQueued() && file == null) {
                sendEnd();
            }
        }
    }

    private void sendEnd() {
        StreamPort port = transport.port();
        if (port == null || !transport.ending().sends()) {
            return;
        }
        end = End.SENT;
        try {
            if (!PortCalls.shutDownOutput(port, transport)) {
                end = End.WANTED;
                waiting = Waiting.LAST; // the next port is asked
            }
        } catch (IOException e) {
            transport.broken(e, "Fatal error when shutting down the output of a socket transport");
        }
    }
}
