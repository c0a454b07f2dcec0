package aio.driver.proactor;

import java.nio.ByteBuffer;

/**
 * Direct buffers of one size for one loop, allocated when they are first needed and kept. Their number is bounded: a
 * loop with ten thousand busy streams needs no more memory than one with ten. Loop thread only.
 */
final class BufferPool {
    private final int capacity;
    private final @Nullable ByteBuffer[] free;
    private int freeCount;
    private int lent;

    BufferPool(int capacity, int most) {
        this.capacity = capacity;
        this.free = new @Nullable ByteBuffer[most];
    }

    int capacity() {
        return capacity;
    }

    int lent() {
        return lent;
    }

    /** Lends an empty buffer; null if all of them are lent. */
    @Nullable ByteBuffer take() {
        return lent < free.length ? takeAnyway() : null;
    }

    /** Lends an empty buffer, one above the bound if need be: for a caller that gives it back at once. */
    ByteBuffer takeAnyway() {
        lent++;
        if (freeCount == 0) {
            return ByteBuffer.allocateDirect(capacity);
        }
        ByteBuffer buffer = free[--freeCount];
        free[freeCount] = null;
        return buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        lent--;
        if (freeCount < free.length) {
            free[freeCount++] = buffer;
        }
    }
}
