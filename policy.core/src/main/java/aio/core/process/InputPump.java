package aio.core.process;

import aio.core.foreign.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the standard input of a child what was queued for it, on a thread that it has only while there is something
 * to write. Any thread.
 */
final class InputPump {
    /** The capacity of a Linux pipe: the queue shrinks in such steps. */
    private static final int STEP_BYTES = 64 * 1024;

    private final ChildTransport child;
    private final InputPipe pipe;
    private final WritableByteChannel channel;
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    private long size;
    private boolean ending;
    private boolean over;
    private boolean running;

    InputPump(ChildTransport child, InputPipe pipe, WritableByteChannel channel) {
        this.child = child;
        this.pipe = pipe;
        this.channel = channel;
    }

    /** Queues data, which belongs to the pump from now on. */
    void write(ByteBuffer data) {
        synchronized (queue) {
            if (over || !data.hasRemaining()) {
                return;
            }
            queue.add(data);
            size += data.remaining();
        }
        run();
    }

    long size() {
        synchronized (queue) {
            return size;
        }
    }

    /** Closes the pipe after what is queued, and reports its end. */
    void finish() {
        synchronized (queue) {
            ending = true;
        }
        run();
    }

    /** Drops what is queued and closes the pipe as soon as possible; nothing will be reported. */
    void abandon() {
        boolean idle;
        synchronized (queue) {
            if (over) {
                return;
            }
            over = true;
            queue.clear();
            size = 0;
            idle = !running;
        }
        if (Child.canBeClosedAnywhere(channel)) {
            Pumps.closeFromOutside(channel);
        } else if (idle) {
            child.execute("stdin", channel, () -> Pumps.close(channel));
        }
    }

    private void run() {
        synchronized (queue) {
            if (running || over) {
                return;
            }
            running = true;
        }
        child.execute("stdin", channel, this::pump);
    }

    private void pump() {
        IOException cause = null;
        try {
            ByteBuffer data = next();
            while (data != null) {
                writeAll(data);
                data = next();
            }
        } catch (ClosedChannelException e) {
            Pumps.close(channel);
            return; // closed by this side
        } catch (IOException e) {
            cause = e;
        } catch (RuntimeException | Error e) { // no memory, say: the end of the pipe is told nevertheless
            cause = new IOException("what is written to the child cannot be sent: " + Text.of(e), e);
        }
        if (isOver(cause)) {
            Pumps.close(channel);
        } else if (isEnd(cause)) {
            Pumps.close(channel);
            IOException end = cause;
            child.post(() -> pipe.lost(end));
        }
    }

    private void writeAll(ByteBuffer data) throws IOException {
        int end = data.limit();
        while (data.position() < end) {
            data.limit(Math.min(end, data.position() + STEP_BYTES));
            int count = channel.write(data);
            synchronized (queue) {
                size = Math.max(0, size - count);
            }
            pipe.shrunk();
        }
    }

    /** Returns what to write next; null if there is nothing, and the pump no longer runs. */
    private @Nullable ByteBuffer next() {
        synchronized (queue) {
            ByteBuffer data = queue.poll();
            running = data != null;
            return data;
        }
    }

    private boolean isOver(@Nullable IOException cause) {
        synchronized (queue) {
            return over;
        }
    }

    private boolean isEnd(@Nullable IOException cause) {
        synchronized (queue) {
            boolean end = cause != null || ending && !running;
            if (end) {
                over = true;
                queue.clear();
                size = 0;
            }
            return end;
        }
    }
}
