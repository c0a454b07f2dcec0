package aio.driver.uring;

import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connected stream: a half that receives, a half that sends, and the end of both. */
final class UringStreamPort extends UringPort implements StreamPort {
    private final SocketChannel channel;
    private final StreamEvents events;
    private final Inbound in;
    private final Outbound out;
    private @Nullable IOException sendFailure;
    private boolean failed;

    UringStreamPort(UringDriver driver, SelectionKey key, SocketChannel channel, StreamEvents events)
            throws IOException {
        super(driver, key);
        this.channel = channel;
        this.events = events;
        this.in = new Inbound(this, channel, events);
        this.out = new Outbound(this, channel);
    }

    @Override
    public void resumeReading() {
        if (!isReleased()) {
            in.resume();
        }
    }

    @Override
    public void pauseReading() {
        in.pause();
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        int count = buffer.remaining();
        if (out.take(buffer, count)) {
            return count;
        }
        if (!out.flush()) {
            return 0;
        }
        int taken = channel.write(buffer);
        if (taken < count) {
            out.awaitRoom();
        }
        return taken;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        if (!out.flush()) {
            return 0;
        }
        long taken = channel.write(buffers, offset, count);
        for (int i = offset + count - 1; i >= offset; i--) { // from the end, where the bytes are that were not taken
            if (buffers[i].hasRemaining()) {
                out.awaitRoom();
                return taken;
            }
        }
        return taken;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!out.flush()) {
            return 0;
        }
        long taken = file.transferTo(position, count, channel);
        if (taken < count) {
            out.awaitRoom();
        }
        return taken;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public long unwritten() {
        return out.unwritten();
    }

    @Override
    public void shutdownOutput() throws IOException {
        out.shutdown();
    }

    // ---- in the poll

    @Override
    void prepare(Ring ring) {
        in.prepare(ring);
        out.prepare(ring);
    }

    @Override
    void completed(int kind, int result, int flags) throws IOException {
        switch (kind) {
            case RECEIVE -> in.received(result, flags);
            case SEND -> out.completed(result);
            case READABLE -> in.isReadable();
            default -> out.isWritable();
        }
    }

    /** After the submission: the send was carried out, if the ring has taken it. */
    void submitted(Ring ring) throws IOException {
        out.submitted(ring);
    }

    void failSoon(IOException cause) {
        sendFailure = cause;
        deliverSoon();
    }

    // ---- in the dispatch

    @Override
    int results() {
        return (in.isWanted() && in.hasSomething() ? 1 : 0) + (out.hasSomething() ? 1 : 0)
                + (sendFailure != null ? 1 : 0);
    }

    /** {@inheritDoc} What was received before a send failed comes first. */
    @Override
    void deliver() {
        try {
            in.deliver();
            IOException cause = sendFailure;
            if (cause != null && isLive() && !(in.isWanted() && in.hasSomething())) {
                sendFailure = null;
                fail(cause);
            }
            if (out.hasSomething() && isLive()) {
                out.told();
                events.writable();
            }
        } finally {
            if (results() > 0) { // also after an event that threw
                deliverSoon();
            }
        }
    }

    /** Tells that the stream is broken, once. */
    void fail(IOException cause) {
        in.over();
        out.over();
        if (!failed) {
            failed = true;
            events.failed(cause);
        }
    }

    // ---- the end

    /** {@inheritDoc} Bytes first: a failure ends the stream. */
    @Override
    void handBack() {
        in.handBack();
        if (failed || !channel.isOpen()) {
            out.over();
            return;
        }
        IOException cause = sendFailure;
        sendFailure = null;
        try {
            ByteBuffer rest = out.rest();
            if (rest.hasRemaining()) {
                events.unwritten(rest);
            }
        } catch (IOException e) {
            cause = e;
        }
        out.over();
        if (cause != null) {
            fail(cause);
        }
    }

    @Override
    void driverClosed() {
        in.driverClosed();
        out.over();
    }
}
