package aio.core.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the standard input of a child what was queued for it, on a thread that it takes only while there is something
 * to write. Any thread.
 */
final class InputPump {
    private final ChildTransport transport;
    private final OutputStream out;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private boolean ending;
    private boolean over;
    private boolean running;

    InputPump(ChildTransport transport, OutputStream out) {
        this.transport = transport;
        this.out = out;
    }

    void write(byte[] data) {
        synchronized (queue) {
            if (over || data.length == 0) {
                return;
            }
            queue.add(data);
        }
        run();
    }

    /** Closes the pipe behind what is queued, and reports its end. */
    void finish() {
        synchronized (queue) {
            ending = true;
        }
        run();
    }

    /** Drops what is queued and writes no more; nothing will be reported. */
    void abandon() {
        synchronized (queue) {
            over = true;
            queue.clear();
        }
    }

    private void run() {
        synchronized (queue) {
            if (running || over) {
                return;
            }
            running = true;
        }
        transport.execute("stdin", this::pump);
    }

    private void pump() {
        try {
            byte[] data = next();
            while (data != null) {
                out.write(data);
                out.flush();
                data = next();
            }
        } catch (IOException e) {
            lost(e);
            return;
        }
        if (isEnd()) {
            close();
        }
    }

    /** Answers null, and is not running any more, if there is nothing to write. */
    private byte @Nullable [] next() {
        synchronized (queue) {
            byte[] data = queue.poll();
            running = data != null;
            return data;
        }
    }

    private boolean isEnd() {
        synchronized (queue) {
            boolean end = ending && !over && !running;
            over |= end;
            return end;
        }
    }

    private void close() {
        try {
            out.close();
        } catch (IOException e) {
            transport.post(() -> transport.lost(0, e));
            return;
        }
        transport.post(() -> transport.lost(0, null));
    }

    private void lost(IOException cause) {
        abandon();
        try {
            out.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        transport.post(() -> transport.lost(0, cause));
    }
}
