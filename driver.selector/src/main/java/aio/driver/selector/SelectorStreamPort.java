package aio.driver.selector;

import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connected stream. Reads nothing ahead and keeps nothing to write, so a release has nothing to hand over. */
final class SelectorStreamPort extends SelectorPort implements StreamPort {
    /**
     * How often one dispatch reads from one stream that fills its buffer each time: the other streams wait meanwhile.
     */
    private static final int MAX_READS = 4;

    private final SocketChannel channel;
    private final StreamEvents events;
    private boolean ended;
    private boolean failed;

    SelectorStreamPort(SelectionKey key, SocketChannel channel, StreamEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void resumeReading() {
        if (!ended) {
            want(SelectionKey.OP_READ);
        }
    }

    @Override
    public void pauseReading() {
        drop(SelectionKey.OP_READ);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        long taken = channel.write(buffers, offset, count);
        if (hasRemaining(buffers, offset, count)) {
            awaitWritable();
        }
        return taken;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        int taken = channel.write(buffer);
        if (buffer.hasRemaining()) {
            awaitWritable();
        }
        return taken;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        long taken = file.transferTo(position, count, channel);
        if (taken < count) {
            awaitWritable();
        }
        return taken;
    }

    /** Looks from the end, where the bytes are that were not taken. */
    private static boolean hasRemaining(ByteBuffer[] buffers, int offset, int count) {
        for (int i = offset + count - 1; i >= offset; i--) {
            if (buffers[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    private void awaitWritable() {
        if (!failed) {
            want(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** {@inheritDoc} The key would tell as well, at the cost of one more cache miss for each of many connections. */
    @Override
    boolean isWorthDelivering() {
        return channel.isOpen();
    }

    @Override
    void deliver(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && wants(SelectionKey.OP_WRITE)) {
            drop(SelectionKey.OP_WRITE);
            events.writable();
        }
    }

    private void read() {
        for (int reads = 0; reads < MAX_READS && wants(SelectionKey.OP_READ); reads++) {
            ByteBuffer buffer = events.receiveBuffer();
            if (buffer == null) {
                // the bytes are not wanted: with the interest kept, every poll would return at once
                drop(SelectionKey.OP_READ);
                return;
            }
            if (!readInto(buffer)) {
                return;
            }
        }
    }

    /** Reads once and delivers. Returns true if there may be more and it may be read. */
    private boolean readInto(ByteBuffer buffer) {
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            fail(e);
            return false;
        }
        if (count < 0) {
            ended = true;
            drop(SelectionKey.OP_READ);
            events.endOfStream();
            return false;
        }
        if (count == 0) {
            return false;
        }
        boolean filled = !buffer.hasRemaining();
        return events.filled(buffer, count) && filled;
    }

    private void fail(IOException cause) {
        ended = true;
        failed = true;
        interest(0);
        events.failed(cause);
    }
}
