package aio.driver.proactor;

import aio.spi.StreamEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Reads from one stream, as long as that is wanted, into a buffer of the pool. If all buffers are lent, the read is
 * carried out right before its delivery, when those before it have given theirs back.
 */
final class ReadOperation extends Operation {
    /**
     * How often one dispatch reads from one stream that fills its buffer each time: the other streams wait meanwhile.
     */
    private static final int MAX_READS = 4;

    private final SocketChannel channel;
    private final StreamEvents events;
    private final ProactorStreamPort port;
    private final BufferPool pool;
    private boolean wanted;
    private boolean atEnd;
    private @Nullable ByteBuffer bytes;
    private @Nullable IOException failure;

    ReadOperation(ProactorDriver driver, SocketChannel channel, StreamEvents events, ProactorStreamPort port) {
        super(driver.completions());
        this.channel = channel;
        this.events = events;
        this.port = port;
        this.pool = driver.readBuffers();
    }

    void resume() {
        if (is(State.OVER) || wanted) {
            return;
        }
        wanted = true;
        port.ask(SelectionKey.OP_READ);
        if (is(State.IDLE)) {
            state(State.POSTED);
        } else if (is(State.HELD)) {
            complete();
        }
    }

    void pause() {
        wanted = false;
        port.askNoMore(SelectionKey.OP_READ);
        if (is(State.POSTED)) {
            state(State.IDLE);
        }
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        ByteBuffer buffer = pool.take();
        if (buffer == null || read(buffer)) {
            complete();
        }
    }

    /** Reads once into an empty buffer. Returns true if there is something to deliver. */
    private boolean read(ByteBuffer buffer) {
        int count = 0;
        try {
            count = channel.read(buffer);
            atEnd = count < 0;
        } catch (IOException e) {
            failure = e;
        }
        if (count > 0) {
            bytes = buffer.flip();
            return true;
        }
        pool.giveBack(buffer);
        return atEnd || failure != null;
    }

    @Override
    void deliver() {
        if (!wanted) {
            hold();
            return;
        }
        state(State.POSTED);
        boolean more = hasResult() || read(pool.takeAnyway());
        for (int reads = 1; more; reads++) {
            more = deliverResult() && reads < MAX_READS && read(pool.takeAnyway());
        }
    }

    private boolean hasResult() {
        return bytes != null || atEnd || failure != null;
    }

    /** Delivers the result. Returns true if there may be more and it may be read at once. */
    private boolean deliverResult() {
        ByteBuffer delivered = bytes;
        if (delivered != null) {
            bytes = null;
            return deliver(delivered);
        }
        IOException cause = failure;
        if (cause != null) {
            failure = null;
            port.fail(cause);
        } else {
            atEnd = false;
            state(State.OVER);
            port.askNoMore(SelectionKey.OP_READ);
            events.endOfStream();
        }
        return false;
    }

    private boolean deliver(ByteBuffer delivered) {
        boolean filled = delivered.limit() == pool.capacity();
        boolean goOn = false;
        try {
            goOn = events.received(delivered);
        } finally {
            settle(delivered);
        }
        return goOn && filled && is(State.POSTED) && bytes == null;
    }

    /** Keeps what was not wanted of a buffer, and gives the buffer back. */
    private void settle(ByteBuffer delivered) {
        if (delivered.hasRemaining()) {
            if (port.isGone()) {
                events.unread(delivered);
            } else if (!is(State.OVER)) {
                keep(delivered);
            }
        }
        giveBack(delivered);
    }

    /** Keeps bytes for later. Not in a buffer of the pool: paused streams must not use up the buffers of the others. */
    private void keep(ByteBuffer rest) {
        bytes = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        if (wanted) {
            complete();
        } else {
            state(State.HELD);
        }
    }

    private void hold() {
        ByteBuffer held = bytes;
        if (held != null && held.isDirect()) {
            keep(held);
            giveBack(held);
        } else {
            state(hasResult() ? State.HELD : State.IDLE);
        }
    }

    private void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            pool.giveBack(buffer);
        }
    }

    /** Delivers nothing any more, and keeps the bytes for {@link #handBack}: the stream has failed. */
    void stop() {
        wanted = false;
        failure = null;
        state(State.OVER);
    }

    private void end() {
        stop();
        ByteBuffer rest = bytes;
        bytes = null;
        if (rest != null) {
            giveBack(rest);
        }
    }

    /** Hands back what was read, but not the end of the stream: the kernel tells that again. */
    void handBack() {
        ByteBuffer rest = bytes;
        IOException cause = failure;
        try {
            if (rest != null) {
                events.unread(rest);
            }
            if (cause != null) {
                events.failed(cause);
            }
        } finally {
            end();
        }
    }
}
