package aio.driver.proactor;

import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connected stream: one operation reads, one writes. */
final class ProactorStreamPort extends ProactorPort implements StreamPort {
    private final StreamEvents events;
    private final ReadOperation reading;
    private final WriteOperation writing;

    ProactorStreamPort(ProactorDriver driver, SelectionKey key, SocketChannel channel, StreamEvents events) {
        super(key);
        this.events = events;
        this.reading = new ReadOperation(driver, channel, events, this);
        this.writing = new WriteOperation(driver, channel, events, this);
    }

    @Override
    void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0 && reading.is(Operation.State.POSTED)) {
            reading.carryOut();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && writing.is(Operation.State.POSTED)) {
            writing.carryOut();
        }
    }

    @Override
    public void resumeReading() {
        reading.resume();
    }

    @Override
    public void pauseReading() {
        reading.pause();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        return writing.write(buffers, offset, count);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return writing.write(buffer);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return writing.transferFrom(file, position, count);
    }

    @Override
    public long unwritten() {
        return writing.unwritten();
    }

    @Override
    public void shutdownOutput() throws IOException {
        writing.shutdownOutput();
    }

    /** Ends both operations and tells the cause, once. What was read before is handed back with the release. */
    void fail(IOException cause) {
        askNoMore(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        reading.stop();
        writing.fail(cause);
        events.failed(cause);
    }

    @Override
    protected void handBack() {
        try {
            reading.handBack();
        } finally {
            writing.handBack();
        }
    }
}
