package aio.driver.uring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Places for what streams send until the next poll gives it to the kernel, for all streams of a loop together. */
final class SendSlots {
    static final int SIZE = 16 * 1024;
    static final int NONE = -1;
    private static final int COUNT = 1024;

    private final MemorySegment memory;
    private final ByteBuffer bytes;
    private final int[] unused = new int[COUNT];
    private int left;

    SendSlots(SystemCalls calls, Arena arena) throws IOException {
        memory = calls.map("what is to send", (long) COUNT * SIZE, -1, 0, arena);
        bytes = memory.asByteBuffer();
        for (int slot = COUNT - 1; slot >= 0; slot--) {
            unused[left++] = slot;
        }
    }

    /** Takes a slot, {@link #NONE} if all are in use. */
    int take() {
        return left == 0 ? NONE : unused[--left];
    }

    void giveBack(int slot) {
        unused[left++] = slot;
    }

    /** Puts the rest of a buffer into the slot. */
    void put(int slot, int at, ByteBuffer from) {
        int count = from.remaining();
        bytes.put(slot * SIZE + at, from, from.position(), count);
        from.position(from.limit());
    }

    /** Returns a part of the slot, for reading. */
    ByteBuffer view(int slot, int begin, int end) {
        return bytes.slice(slot * SIZE + begin, end - begin);
    }

    long address(int slot, int begin) {
        return memory.address() + offset(slot, begin);
    }

    static long offset(int slot, int begin) {
        return (long) slot * SIZE + begin;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Returns how many slots are in use: none, once all ports are released. */
    int taken() {
        return COUNT - left;
    }
}
