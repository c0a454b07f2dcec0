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
    private static final int GENERATION_SHIFT = 32;
    private static final int INDEX = (1 << KIND_SHIFT) - 1;

    private @Nullable UringPort[] ports = new @Nullable UringPort[64];
    private int[] generations = new int[64];
    private int[] unused = new int[64];
    private int used;
    private int left;

    /** Adds a port; returns its number. */
    long add(UringPort port) {
        int index = left > 0 ? unused[--left] : used++;
        if (index == ports.length) {
            ports = Arrays.copyOf(ports, 2 * index);
            generations = Arrays.copyOf(generations, 2 * index);
            unused = Arrays.copyOf(unused, 2 * index);
        }
        ports[index] = port;
        return (long) generations[index] << GENERATION_SHIFT | index;
    }

    void remove(long number) {
        int index = (int) number & INDEX;
        ports[index] = null;
        generations[index] = generations[index] + 1 & Integer.MAX_VALUE;
        unused[left++] = index;
    }

    /** Returns what the kernel gets with an operation of a kind on the port of a number. */
    static long user(long number, int kind) {
        return number | (long) kind << KIND_SHIFT;
    }

    /**
     * Returns the port that an operation belongs to.
     *
     * @throws IOException if there is none
     */
    UringPort find(long user) throws IOException {
        int index = (int) user & INDEX;
        UringPort port = index < used ? ports[index] : null;
        int kind = kind(user);
        if (port == null || port.user(kind) != user || !port.isInFlight(kind)) {
            throw new IOException("io_uring told of operation 0x" + Long.toHexString(user)
                    + ", and no such one is in flight");
        }
        return port;
    }

    static int kind(long user) {
        return (int) (user >>> KIND_SHIFT) & 0xf;
    }

    void forEach(Consumer<UringPort> action) {
        for (int i = 0; i < used; i++) {
            UringPort port = ports[i];
            if (port != null) {
                action.accept(port);
            }
        }
    }
}
