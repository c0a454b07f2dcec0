package aio.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one output of a child and lends what comes to the loop. At most two buffers are on their way, so a slow loop makes
 * the child wait. Runs on a thread of its own.
 */
final class OutputPump implements Runnable {
    /** Half of what a pipe of Linux holds: the child goes on while one half is read. */
    private static final int BUFFER_BYTES = 32 * 1024;

    private static final int BUFFERS = 2;

    /** How often a pump that waits for its loop looks whether that was closed. */
    private static final int LOOK_MILLIS = 500;

    private final ChildTransport transport;
    private final int fd;
    private final InputStream in;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private int made;

    OutputPump(ChildTransport transport, int fd, InputStream in) {
        this.transport = transport;
        this.fd = fd;
        this.in = in;
    }

    @Override
    public void run() {
        IOException failure = null;
        try (in) {
            pump();
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException cause = failure;
        transport.post(() -> transport.lost(fd, cause));
    }

    private void pump() throws IOException, InterruptedException {
        byte[] buffer = nextBuffer();
        while (buffer != null && !transport.isClosing()) {
            int count = in.read(buffer);
            if (count < 0 || !transport.post(delivery(buffer, count))) {
                return;
            }
            buffer = nextBuffer();
        }
    }

    private Runnable delivery(byte[] buffer, int count) {
        return () -> {
            try {
                transport.received(fd, ByteBuffer.wrap(buffer, 0, count));
            } finally {
                free.add(buffer);
            }
        };
    }

    private byte @Nullable [] nextBuffer() throws InterruptedException {
        byte[] buffer = free.poll();
        if (buffer == null && made < BUFFERS) {
            made++;
            return new byte[BUFFER_BYTES];
        }
        while (buffer == null && !transport.isLoopClosed()) {
            buffer = free.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return buffer;
    }
}
