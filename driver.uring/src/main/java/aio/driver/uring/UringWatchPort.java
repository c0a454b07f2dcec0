package aio.driver.uring;

import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/**
 * A watched descriptor: level-triggered, since the ring is asked again after each completion. A broken one is ready for
 * everything that it is watched for.
 */
final class UringWatchPort extends UringPort implements WatchPort {
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final SelectableChannel channel;
    private final WatchEvents events;
    private boolean reading;
    private boolean writing;
    private boolean readable;
    private boolean writable;

    UringWatchPort(UringDriver driver, SelectionKey key, SelectableChannel channel, WatchEvents events)
            throws IOException {
        super(driver, key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void interest(boolean forReading, boolean forWriting) {
        boolean canRead = (channel.validOps() & READING) != 0;
        boolean canWrite = (channel.validOps() & WRITING) != 0;
        if (forReading && !canRead || forWriting && !canWrite) {
            throw new IllegalArgumentException("a " + kind() + " cannot be watched for "
                    + (canRead ? "writing, only for reading" : "reading, only for writing"));
        }
        reading = forReading;
        writing = forWriting;
        readable &= reading;
        writable &= writing;
        prepareSoon();
        if (results() > 0) {
            deliverSoon();
        }
    }

    /** Returns the public class that the platform's own extends. */
    private String kind() {
        Class<?> type = channel.getClass();
        while (!type.getName().startsWith("java.nio.channels.")) {
            type = type.getSuperclass();
        }
        return type.getSimpleName();
    }

    @Override
    void prepare(Ring ring) {
        if (reading && !readable) {
            ask(ring, READABLE);
        }
        if (writing && !writable) {
            ask(ring, WRITABLE);
        }
    }

    @Override
    void completed(int kind, int result, int flags) {
        if (result < 0) {
            prepareSoon();
            return;
        }
        if (kind == READABLE) {
            readable = reading;
        } else {
            writable = writing;
        }
        if (results() > 0) {
            deliverSoon();
        }
    }

    @Override
    int results() {
        return (reading && readable ? 1 : 0) + (writing && writable ? 1 : 0);
    }

    @Override
    void deliver() {
        boolean read = reading && readable;
        boolean write = writing && writable;
        readable = false;
        writable = false;
        prepareSoon();
        if (read) {
            events.readable();
        }
        if (write && writing && isLive()) {
            events.writable();
        }
    }

    @Override
    void handBack() {
        reading = false;
        writing = false;
    }
}
