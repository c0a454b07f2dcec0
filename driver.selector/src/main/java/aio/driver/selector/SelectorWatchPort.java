package aio.driver.selector;

import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A watched descriptor. A broken one is ready for everything that it is watched for. */
final class SelectorWatchPort extends SelectorPort implements WatchPort {
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final SelectableChannel channel;
    private final WatchEvents events;

    SelectorWatchPort(SelectionKey key, SelectableChannel channel, WatchEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void interest(boolean reading, boolean writing) {
        int readable = channel.validOps() & READING;
        int writable = channel.validOps() & WRITING;
        if (reading && readable == 0 || writing && writable == 0) {
            throw new IllegalArgumentException("a " + kind() + " cannot be watched for "
                    + (readable == 0 ? "reading, only for writing" : "writing, only for reading"));
        }
        // a selector reports OP_WRITE once connected and OP_CONNECT before: an asyncio writer waits for both
        if (channel instanceof SocketChannel socket && socket.isConnected()) {
            writable &= ~SelectionKey.OP_CONNECT;
        }
        interest((reading ? readable : 0) | (writing ? writable : 0));
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
    void deliver(int operations) {
        if ((operations & READING) != 0) {
            events.readable();
        }
        if ((operations & WRITING) != 0 && wants(WRITING)) {
            events.writable();
        }
    }
}
