package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import aio.driver.uring.Abilities.Receiving;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffers that the kernel receives into, for all streams of a loop together. The kernel takes a buffer from a
 * queue, fills it with what arrives on any stream, and tells; when all that a full one holds was delivered, it is
 * offered again.
 *
 * <p>What was received is a piece: the number of the buffer, its beginning and its length, in one long.
 */
final class ReceiveBuffers {
    static final int GROUP = 0;
    private static final int REGISTER = 22; // PBUF_RING
    private static final int SHARED = 2; // IOU_PBUF_RING_INC
    private static final int ENTRY_BYTES = 16;
    private static final long OFFSET_OF_TAIL = 14;
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    private final boolean shared;
    private final int size;
    private final MemorySegment queue;
    private final MemorySegment memory;
    private final MemorySegment registration;
    private final ByteBuffer[] views;
    private final int[] used;
    private final int[] lent;
    private final boolean[] offered;
    private int tail;
    private int free;

    ReceiveBuffers(SystemCalls calls, Receiving receiving, Arena arena) throws IOException {
        shared = receiving == Receiving.INTO_SHARED_BUFFERS;
        int count = shared ? 16 : 256;
        size = shared ? 256 * 1024 : 16 * 1024;
        queue = calls.map("the queue of buffers", 4096, -1, 0, arena);
        memory = calls.map("buffers", (long) count * size, -1, 0, arena);
        registration = arena.allocate(40, 8);
        views = new ByteBuffer[count];
        used = new int[count];
        lent = new int[count];
        offered = new boolean[count];
        for (int i = 0; i < count; i++) {
            views[i] = memory.asSlice((long) i * size, size).asByteBuffer();
        }
    }

    /** Finds out how a kernel receives, by a queue of one buffer that ends with the ring. */
    static Receiving ask(Ring ring, Arena arena) {
        MemorySegment queue = arena.allocate(4096, 4096);
        MemorySegment registration = arena.allocate(40, 8);
        if (register(ring, registration, queue, 1, true) >= 0) {
            return Receiving.INTO_SHARED_BUFFERS;
        }
        return register(ring, registration, queue, 1, false) >= 0 ? Receiving.INTO_BUFFERS : Receiving.BY_POLL;
    }

    private static int register(Ring ring, MemorySegment registration, MemorySegment queue, int count, boolean shared) {
        registration.fill((byte) 0);
        registration.set(JAVA_LONG, 0, queue.address());
        registration.set(JAVA_INT, 8, count);
        registration.set(JAVA_SHORT, 12, (short) GROUP);
        registration.set(JAVA_SHORT, 14, (short) (shared ? SHARED : 0));
        return ring.register(REGISTER, registration, 1);
    }

    /** Offers a fresh ring all buffers of which nothing is lent; the others when their pieces have come back. */
    void register(Ring ring) throws IOException {
        queue.fill((byte) 0);
        tail = 0;
        free = 0;
        int answer = register(ring, registration, queue, views.length, shared);
        if (answer < 0) {
            throw Refusal.of("IORING_REGISTER_PBUF_RING", -answer);
        }
        for (int i = 0; i < views.length; i++) {
            offered[i] = false;
            if (lent[i] == 0) {
                offer(i);
            }
        }
    }

    private void offer(int buffer) {
        long at = (long) (tail & views.length - 1) * ENTRY_BYTES;
        queue.set(JAVA_LONG, at, memory.address() + (long) buffer * size);
        queue.set(JAVA_INT, at + 8, size);
        queue.set(JAVA_SHORT, at + 12, (short) buffer);
        used[buffer] = 0;
        offered[buffer] = true;
        free++;
        // the kernel reads the tail by an acquire: it sees the entry whole
        SHORT.setRelease(queue, OFFSET_OF_TAIL, (short) ++tail);
    }

    /** Tells whether the kernel has a buffer to receive into. */
    boolean areFree() {
        return free > 0;
    }

    /**
     * Notes what the kernel says it has received.
     *
     * @param flags of the completion
     * @return the piece, to be given back
     * @throws IOException if that is impossible
     */
    long received(int length, int flags) throws IOException {
        int buffer = flags >>> 16;
        boolean known = (flags & Ring.HAS_BUFFER) != 0 && buffer < views.length && offered[buffer];
        if (!known || length > size - used[buffer]) {
            throw new IOException("io_uring told of " + length + " bytes with flags 0x" + Integer.toHexString(flags)
                    + ", which no buffer can hold that it was given: expected one of " + views.length + " of " + size
                    + " bytes");
        }
        long piece = (long) buffer << 48 | (long) used[buffer] << 24 | length;
        used[buffer] += length;
        lent[buffer]++;
        if (!shared || (flags & Ring.BUFFER_GOES_ON) == 0) {
            offered[buffer] = false;
            free--;
        }
        return piece;
    }

    /** Returns a piece as a buffer to lend, valid until the next call for the same memory. */
    ByteBuffer view(long piece) {
        int begin = (int) (piece >>> 24) & 0xffffff;
        ByteBuffer view = views[(int) (piece >>> 48)];
        return view.clear().order(ByteOrder.BIG_ENDIAN).position(begin).limit(begin + length(piece));
    }

    static int length(long piece) {
        return (int) piece & 0xffffff;
    }

    /** Takes back a piece that is not needed any more. */
    void giveBack(long piece) {
        int buffer = (int) (piece >>> 48);
        if (--lent[buffer] == 0 && !offered[buffer]) {
            offer(buffer);
        }
    }

    /** Returns how many pieces are lent: none, once all ports are released. */
    int lent() {
        int sum = 0;
        for (int pieces : lent) {
            sum += pieces;
        }
        return sum;
    }
}
