package aio.driver.uring;

import java.util.Arrays;

/** Ports, first in first out; allocates only to grow, and keeps no port that was taken out. Loop thread only. */
final class PortQueue {
    private @Nullable UringPort[] ports = new @Nullable UringPort[64];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(UringPort port) {
        if (size == ports.length) {
            UringPort[] larger = Arrays.copyOf(ports, 2 * size);
            // the part before the first goes after the rest
            System.arraycopy(ports, 0, larger, size, first);
            Arrays.fill(larger, 0, first, null);
            ports = larger;
        }
        ports[first + size++ & ports.length - 1] = port;
    }

    /** Takes the first one out; the queue must not be empty. */
    UringPort take() {
        UringPort port = at(0);
        ports[first] = null;
        first = first + 1 & ports.length - 1;
        size--;
        return port;
    }

    UringPort at(int index) {
        UringPort port = ports[first + index & ports.length - 1];
        if (port == null) {
            throw new IllegalStateException("no port at " + index + " of " + size);
        }
        return port;
    }

    /** Takes one out, wherever it is. */
    void remove(UringPort removed) {
        for (int left = size; left > 0; left--) {
            UringPort port = take();
            if (port != removed) {
                add(port);
            }
        }
    }

    void clear() {
        while (size > 0) {
            take();
        }
    }
}
