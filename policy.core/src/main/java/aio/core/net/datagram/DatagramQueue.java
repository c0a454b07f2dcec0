package aio.core.net.datagram;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Datagrams that wait, copied, in their order. Loop thread. */
final class DatagramQueue {
    private static final int HEADER_SIZE = 8; // asyncio's: so that empty datagrams cannot fill the memory

    private final ArrayDeque<Datagram> datagrams = new ArrayDeque<>(0);
    private long size;

    /**
     * A datagram that waits.
     *
     * @param address its target, or its sender
     */
    record Datagram(ByteBuffer data, SocketAddress address) {

        int size() {
            return data.remaining() + HEADER_SIZE;
        }
    }

    /** Returns how many bytes wait, plus a header for each datagram. */
    long size() {
        return size;
    }

    boolean isEmpty() {
        return datagrams.isEmpty();
    }

    /** Copies what remains in a buffer. */
    void add(ByteBuffer data, SocketAddress address) {
        Datagram added = new Datagram(ByteBuffer.allocate(data.remaining()).put(data).flip(), address);
        datagrams.addLast(added);
        size += added.size();
    }

    @Nullable Datagram poll() {
        Datagram first = datagrams.pollFirst();
        size -= first == null ? 0 : first.size();
        return first;
    }

    /** Puts a datagram that was taken from the front back there. */
    void giveBack(Datagram datagram) {
        datagrams.addFirst(datagram);
        size += datagram.size();
    }

    void clear() {
        datagrams.clear();
        size = 0;
    }
}
