package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.spi.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

/** Bytes that the kernel did not take at once, copied, in their order. Loop thread. */
public final class WriteQueue {
    private static final int CHUNK = 16 * 1024;
    private static final int LARGEST_CHUNK = 256 * 1024;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
    private long size;

    /** Returns how many bytes wait. */
    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Copies what remains in a buffer; its position goes to its limit. If there is no memory, a part is queued. */
    public void add(ByteBuffer data) {
        ByteBuffer last = chunks.peekLast();
        if (last != null) {
            size += fill(last, data);
        }
        while (data.hasRemaining()) {
            int capacity = Math.min(LARGEST_CHUNK, Math.max(CHUNK, data.remaining()));
            ByteBuffer chunk = ByteBuffer.allocate(capacity).limit(0);
            int count = fill(chunk, data);
            chunks.addLast(chunk);
            size += count; // not before: there may be no memory for the chunk
        }
    }

    /** Puts bytes that were taken from the front back there, copied. */
    void giveBack(ByteBuffer data) {
        ByteBuffer chunk = ByteBuffer.allocate(data.remaining()).put(data).flip();
        chunks.addFirst(chunk);
        size += chunk.remaining();
    }

    /** Appends to a chunk what fits after its limit; returns how much that was. */
    private static int fill(ByteBuffer chunk, ByteBuffer data) {
        int count = Math.min(chunk.capacity() - chunk.limit(), data.remaining());
        if (count > 0) {
            int end = chunk.limit();
            chunk.limit(end + count);
            chunk.put(end, data, data.position(), count);
            data.position(data.position() + count);
        }
        return count;
    }

    /** Writes as much as the port takes; returns how much that was. */
    public long writeTo(StreamPort port, PortCalls.Owner owner) throws IOException {
        long before = size;
        boolean going = true;
        for (ByteBuffer first = chunks.peekFirst(); first != null && going; first = chunks.peekFirst()) {
            size -= PortCalls.write(port, first, owner);
            going = !first.hasRemaining();
            if (going) {
                chunks.removeFirst();
            }
        }
        return before - size;
    }

    /** Writes as much as the channel takes. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        for (ByteBuffer first = chunks.peekFirst(); first != null; first = chunks.peekFirst()) {
            size -= channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            chunks.removeFirst();
        }
    }

    public void clear() {
        chunks.clear();
        size = 0;
    }
}
