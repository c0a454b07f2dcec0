package aio.core.process;

import aio.core.foreign.Text;
import aio.core.transport.Ending;
import aio.transport.ReadTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An output of a child. A thread of its own reads, and lends its buffers to the loop; at most two are on their way, so
 * a slow or paused loop makes the child wait. The transport belongs to the thread of the loop.
 */
final class OutputPipe implements ReadTransport, Ending.Mortal {
    /** Half the capacity of a Linux pipe: the child continues while one half is read. */
    private static final int BUFFER_BYTES = 32 * 1024;

    private static final int BUFFERS = 2;

    /** How often a pump that waits for its loop checks whether the loop was closed. */
    private static final int LOOK_MILLIS = 500;

    private static final ByteBuffer WAKE_UP = ByteBuffer.allocate(0);

    private final ChildTransport child;
    private final int fd;
    private final ReadableByteChannel channel;
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final Deque<ByteBuffer> held = new ArrayDeque<>();
    private int made;
    private boolean paused;
    private boolean ended; // the pump is at the end of what it reads, or has failed
    private @Nullable IOException failure;
    private final Ending ending;

    private volatile boolean abandoned; // written by abandon() on any thread; the pump reads it before it reads more

    OutputPipe(ChildTransport child, int fd, ReadableByteChannel channel) {
        this.child = child;
        this.fd = fd;
        this.channel = channel;
        this.ending = new Ending(child::schedule, this);
    }

    // ---- the thread that reads

    void startReading() {
        child.execute(fd == 1 ? "stdout" : "stderr", channel, this::pump);
    }

    private void pump() {
        IOException cause = null;
        try (channel) {
            readAll();
        } catch (ClosedChannelException e) {
            // closed by this side
        } catch (IOException e) {
            cause = e;
        } catch (RuntimeException | Error e) { // no memory, say: the end of the pipe is told nevertheless
            cause = new IOException("what the child writes cannot be read: " + Text.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException end = cause;
        child.post(() -> ended(end));
    }

    private void readAll() throws IOException, InterruptedException {
        ByteBuffer buffer = nextBuffer();
        while (buffer != null) {
            ByteBuffer data = buffer.clear();
            if (channel.read(data) < 0 || !child.post(() -> arrived(data.flip()))) {
                return;
            }
            buffer = nextBuffer();
        }
    }

    /** Returns a buffer to read into; null if no more is wanted. */
    private @Nullable ByteBuffer nextBuffer() throws InterruptedException {
        ByteBuffer buffer = free.poll();
        if (buffer == null && made < BUFFERS) {
            made++;
            buffer = ByteBuffer.allocate(BUFFER_BYTES);
        }
        while (buffer == null && !child.isLoopClosed()) {
            buffer = free.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return isClosing() ? null : buffer;
    }

    // ---- what the pump brings, on the loop

    private void arrived(ByteBuffer data) {
        if (paused || !held.isEmpty()) {
            held.add(data);
        } else {
            deliver(data);
        }
    }

    private void deliver(ByteBuffer data) {
        try {
            if (!isClosing()) {
                child.received(fd, data);
            }
        } finally {
            free.offer(data);
        }
    }

    private void ended(@Nullable IOException cause) {
        ended = true;
        failure = cause;
        if (!paused && held.isEmpty()) {
            ending.loseNow(cause);
        }
    }

    private void deliverHeld() {
        while (!paused && !held.isEmpty()) {
            deliver(held.poll());
        }
        if (ended && !paused) {
            ending.loseNow(failure);
        }
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        held.clear();
        child.pipeLost(fd, cause);
    }

    /** Lets the thread end, from any thread; nothing is reported. */
    void abandon() {
        abandoned = true;
        free.offer(WAKE_UP);
        Pumps.closeFromOutside(channel);
    }

    // ---- for users

    @Override
    public boolean isReading() {
        return !paused && !isClosing();
    }

    @Override
    public void pauseReading() {
        if (!isClosing()) {
            paused = true;
        }
    }

    @Override
    public void resumeReading() {
        if (paused && !isClosing()) {
            paused = false;
            child.schedule(this::deliverHeld);
        }
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return null;
    }

    @Override
    public boolean isClosing() {
        return abandoned || ending.hasBegun();
    }

    @Override
    public void close() {
        if (!isClosing()) {
            abandon();
            ending.lose(null);
        }
    }

    @Override
    public String toString() {
        return "fd " + fd + " of " + child;
    }
}
