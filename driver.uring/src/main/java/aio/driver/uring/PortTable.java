package aio.driver.uring;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The ports of a driver by number, which the kernel gets with each operation and gives back. A number is used again,
 * but with another generation, so that a completion of an earlier port is recognised. Loop thread only.
 */
final class PortTable {
    private static final int KIND_SHIFT = 28;
    private static final int INDEX = (1 << KIND_SHIFT) - 1;

    private @Nullable Entry[] entries = new @Nullable Entry[64];
    private int[] generations = new int[64];
    private int[] unused = new int[64];
    private int used;
    private int left;

    /** The number of one port. */
    record Entry(UringPort port, int index, int generation) {

        /** Returns what the kernel gets with an operation of a kind. */
        long user(int kind) {
            return (long) generation << 32 | (long) kind << KIND_SHIFT | index;
        }
    }

    Entry add(UringPort port) {
        int index = left > 0 ? unused[--left] : used++;
        if (index == entries.length) {
            entries = Arrays.copyOf(entries, 2 * index);
            generations = Arrays.copyOf(generations, 2 * index);
            unused = Arrays.copyOf(unused, 2 * index);
        }
        Entry entry = new Entry(port, index, generations[index]);
        entries[index] = entry;
        return entry;
    }

    void remove(Entry entry) {
        entries[entry.index] = null;
        generations[entry.index] = entry.generation + 1 & Integer.MAX_VALUE;
        unused[left++] = entry.index;
    }

    /**
     * Returns the port that an operation belongs to.
     *
     * @throws IOException if there is none
     */
    UringPort find(long user) throws IOException {
        int index = (int) user & INDEX;
        Entry entry = index < used ? entries[index] : null;
        if (entry == null || entry.user(kind(user)) != user || !entry.port.isInFlight(kind(user))) {
            throw new IOException("io_uring told of operation 0x" + Long.toHexString(user)
                    + ", and no such one is in flight");
        }
        return entry.port;
    }

    static int kind(long user) {
        return (int) (user >>> KIND_SHIFT) & 0xf;
    }

    void forEach(Consumer<UringPort> action) {
        for (int i = 0; i < used; i++) {
            Entry entry = entries[i];
            if (entry != null) {
                action.accept(entry.port);
            }
        }
    }
}
