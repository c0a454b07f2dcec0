package aio.driver.uring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Places for what streams send until the next poll gives it to the kernel, for all streams of a loop together: many
 * small ones, since thousands of streams may send little in one turn, and fewer large ones. Loop thread only.
 */
final class SendSlots {
    static final int LARGEST = 16 * 1024;
    static final int NONE = -1;
    private static final int LINE = 64;
    // Slots begin an odd number of cache lines apart: at a power of two they would share few places of the cache.
    private static final int SMALL = 9 * LINE;
    private static final int SMALL_COUNT = 8192;
    private static final int LARGE_COUNT = 1024;
    private static final int LARGE_APART = LARGEST + LINE;
    private static final int LARGE_BEGIN = SMALL_COUNT * SMALL;

    private final MemorySegment memory;
    private final ByteBuffer bytes;
    private final int[] small = new int[SMALL_COUNT];
    private final int[] large = new int[LARGE_COUNT];
    private int smallLeft;
    private int largeLeft;

    SendSlots(SystemCalls calls, Arena arena) throws IOException {
        memory = calls.map("what is to send", LARGE_BEGIN + LARGE_COUNT * LARGE_APART, -1, 0, arena);
        bytes = memory.asByteBuffer();
        for (int slot = SMALL_COUNT + LARGE_COUNT - 1; slot >= 0; slot--) {
            giveBack(slot);
        }
    }

    /** Takes a slot for some bytes; {@link #NONE} if all that could hold them are in use. */
    int take(int size) {
        if (size <= SMALL && smallLeft > 0) {
            return small[--smallLeft];
        }
        return size > LARGEST || largeLeft == 0 ? NONE : large[--largeLeft];
    }

    void giveBack(int slot) {
        if (slot < SMALL_COUNT) {
            small[smallLeft++] = slot;
        } else {
            large[largeLeft++] = slot;
        }
    }

    /** Tells whether a slot has room for some bytes. */
    boolean holds(int slot, int size) {
        return size <= (slot < SMALL_COUNT ? SMALL : LARGEST);
    }

    /** Puts the rest of a buffer into the slot. */
    void put(int slot, int at, ByteBuffer from) {
        int count = from.remaining();
        bytes.put(offset(slot, at), from, from.position(), count);
        from.position(from.limit());
    }

    /** Puts the first bytes of a slot into another one. */
    void copy(int from, int to, int count) {
        bytes.put(offset(to, 0), bytes, offset(from, 0), count);
    }

    /** Returns a part of the slot, for reading. */
    ByteBuffer view(int slot, int begin, int end) {
        return bytes.slice(offset(slot, begin), end - begin);
    }

    long address(int slot, int begin) {
        return memory.address() + offset(slot, begin);
    }

    static int offset(int slot, int begin) {
        return begin + (slot < SMALL_COUNT ? slot * SMALL : LARGE_BEGIN + (slot - SMALL_COUNT) * LARGE_APART);
    }

    MemorySegment memory() {
        return memory;
    }

    /** Returns how many slots are in use: none, once all ports are released. */
    int taken() {
        return SMALL_COUNT - smallLeft + LARGE_COUNT - largeLeft;
    }
}
