package aio.bench.echo.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection, with one request outstanding at most. */
class Client {
    final SocketChannel channel;
    final Payload payload;
    final ByteBuffer in;
    final boolean newcomer;
    boolean waiting;
    long since;
    SelectionKey key;
    private long number;
    private int sent;
    private int received;

    /**
     * Makes the client of a channel.
     *
     * @param in the buffer that all clients receive into
     * @param id the high part of the numbers of its requests, so that an echo of another client is noticed
     */
    Client(SocketChannel channel, Payload payload, ByteBuffer in, int id, boolean newcomer) {
        this.channel = channel;
        this.payload = payload;
        this.in = in;
        this.newcomer = newcomer;
        number = (long) id << 40;
    }

    /** The channel is connected: the first request is sent, if nothing else must come before it. */
    void connected() throws IOException {
        send();
    }

    /** Sends the next request, or begins to. */
    void send() throws IOException {
        number++;
        sent = 0;
        received = 0;
        writable();
    }

    /** The channel takes more. */
    void writable() throws IOException {
        sent += channel.write(payload.of(number, sent));
        interested(sent < payload.size());
    }

    /** The channel has bytes; returns true if they complete the echo. */
    boolean readable() throws IOException {
        in.clear();
        return receive(in, read(in));
    }

    final int read(ByteBuffer buffer) throws IOException {
        int count = channel.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        return count;
    }

    final boolean receive(ByteBuffer bytes, int count) throws IOException {
        if (!payload.matches(bytes, count, received, number)) {
            throw new IOException("wrong bytes at " + received + " of request " + number);
        }
        received += count;
        return received == payload.size();
    }

    /** Returns the bytes of the request that was begun with {@link #send}. */
    final ByteBuffer request() {
        return payload.of(number, 0);
    }

    final void next() {
        number++;
        received = 0;
    }

    final void interested(boolean inWriting) {
        int interest = inWriting ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
