package aio.driver.nio;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Readiness to read and to write, in the words of a selector. Stateless. */
public final class Readiness {
    /** What "can be read" may be: bytes, or connections to accept. */
    public static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    /** What "can be written" may be: room, or the end of a connect. */
    public static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private Readiness() {}

    /**
     * Returns the operations that stand for readiness of a channel. A selector reports {@code OP_WRITE} of a socket
     * that is connected and {@code OP_CONNECT} of one that is not: a writer of asyncio waits for both.
     *
     * @throws IllegalArgumentException if the kind of channel cannot be read, or cannot be written
     */
    public static int of(SelectableChannel channel, boolean reading, boolean writing) {
        int readable = channel.validOps() & READING;
        int writable = channel.validOps() & WRITING;
        if (reading && readable == 0 || writing && writable == 0) {
            throw new IllegalArgumentException("a " + kindOf(channel) + " cannot be watched for "
                    + (readable == 0 ? "reading, only for writing" : "writing, only for reading"));
        }
        if (channel instanceof SocketChannel socket && socket.isConnected()) {
            writable &= ~SelectionKey.OP_CONNECT;
        }
        return (reading ? readable : 0) | (writing ? writable : 0);
    }

    /** Returns the public class that the platform's own extends. */
    private static String kindOf(SelectableChannel channel) {
        Class<?> type = channel.getClass();
        while (!type.getName().startsWith("java.nio.channels.")) {
            type = type.getSuperclass();
        }
        return type.getSimpleName();
    }
}
