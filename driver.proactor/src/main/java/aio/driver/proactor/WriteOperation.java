package aio.driver.proactor;

import aio.spi.StreamEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Writes to one stream. While nothing waits, a write is carried out when it is posted, which nearly always completes
 * it; then it has no result to deliver. What the kernel does not take is copied into a buffer of the pool, as far as
 * that has room, and is written when the kernel is ready. If all buffers are lent, only what the kernel takes is taken.
 */
final class WriteOperation extends Operation {
    private final SocketChannel channel;
    private final StreamEvents events;
    private final ProactorStreamPort port;
    private final BufferPool pool;

    /** From position to limit: taken and not yet written. */
    private @Nullable ByteBuffer taken;

    private boolean refused;
    private boolean shutdownBehind;
    private @Nullable IOException failure;

    WriteOperation(ProactorDriver driver, SocketChannel channel, StreamEvents events, ProactorStreamPort port) {
        super(driver.completions());
        this.channel = channel;
        this.events = events;
        this.port = port;
        this.pool = driver.writeBuffers();
    }

    int write(ByteBuffer from) throws IOException {
        check();
        int count = taken == null ? channel.write(from) : 0;
        if (from.hasRemaining()) {
            count += take(from);
            post(from.hasRemaining());
        }
        return count;
    }

    long write(ByteBuffer[] from, int offset, int count) throws IOException {
        check();
        long written = taken == null ? channel.write(from, offset, count) : 0;
        boolean waits = false;
        boolean remains = false;
        for (int i = offset; i < offset + count; i++) {
            if (from[i].hasRemaining()) {
                waits = true;
                written += remains ? 0 : take(from[i]);
                remains |= from[i].hasRemaining();
            }
        }
        if (waits) {
            post(remains);
        }
        return written;
    }

    /** Carried out when it is posted; what the kernel does not take stays in the file. */
    long transferFrom(FileChannel file, long position, long count) throws IOException {
        check();
        long transferred = taken == null ? file.transferTo(position, count, channel) : 0;
        if (transferred < count) {
            post(true);
        }
        return transferred;
    }

    private void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (shutdownBehind) {
            throw new ClosedChannelException();
        }
    }

    /** Copies what there is room for; returns how many bytes. */
    private int take(ByteBuffer from) {
        ByteBuffer buffer = taken;
        if (buffer == null) {
            buffer = pool.take();
            if (buffer == null) {
                return 0;
            }
            taken = buffer.limit(0);
        } else if (buffer.capacity() - buffer.limit() < from.remaining()) {
            buffer.compact().flip();
        }
        int end = buffer.limit();
        int count = Math.min(buffer.capacity() - end, from.remaining());
        buffer.limit(end + count).put(end, from, from.position(), count);
        from.position(from.position() + count);
        return count;
    }

    private void post(boolean somethingRemains) {
        refused |= somethingRemains;
        if (!is(State.OVER)) {
            port.ask(SelectionKey.OP_WRITE);
            if (is(State.IDLE)) {
                state(State.POSTED);
            }
        }
    }

    void shutdownOutput() throws IOException {
        check();
        if (taken == null) {
            channel.shutdownOutput();
        } else {
            shutdownBehind = true;
        }
    }

    long unwritten() {
        ByteBuffer waiting = taken;
        return waiting == null ? 0 : waiting.remaining();
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        try {
            if (taken != null) {
                writeOut(taken);
            }
        } catch (IOException e) {
            failure = e;
        }
        if (failure != null || taken == null) {
            port.askNoMore(SelectionKey.OP_WRITE);
            complete();
        } else if (canTakeMore()) {
            complete();
        }
    }

    private void writeOut(ByteBuffer waiting) throws IOException {
        channel.write(waiting);
        if (!waiting.hasRemaining()) {
            taken = null;
            pool.giveBack(waiting);
            if (shutdownBehind) {
                shutdownBehind = false;
                channel.shutdownOutput();
            }
        }
    }

    /** Tells whether half of the buffer is free: for less, telling the loop costs more than it brings. */
    private boolean canTakeMore() {
        return refused && unwritten() <= pool.capacity() / 2;
    }

    @Override
    void deliver() {
        if (taken == null) {
            state(State.IDLE);
            port.askNoMore(SelectionKey.OP_WRITE);
        } else {
            state(State.POSTED);
        }
        IOException cause = failure;
        if (cause != null) {
            port.fail(cause);
        } else if (taken == null || canTakeMore()) {
            refused = false;
            events.writable();
        }
    }

    /** Refuses everything from now on. */
    void fail(IOException cause) {
        failure = cause;
        end();
    }

    private void end() {
        state(State.OVER);
        ByteBuffer waiting = taken;
        taken = null;
        refused = false;
        shutdownBehind = false;
        if (waiting != null) {
            pool.giveBack(waiting);
        }
    }

    /** Hands back what was taken and not written, or why that is impossible. */
    void handBack() {
        ByteBuffer waiting = taken;
        IOException cause = is(State.OVER) ? null : failure;
        try {
            if (cause != null) {
                events.failed(cause);
            } else if (waiting != null) {
                events.unwritten(waiting);
            }
        } finally {
            end();
        }
    }
}
