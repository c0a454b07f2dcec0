package aio.driver.selector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ports that were collected and not yet delivered, first in first out; allocates only to grow. Loop thread only. */
final class ReadyList {
    private static final int FIRST_SIZE = 64;

    private @Nullable SelectorPort[] ports = new @Nullable SelectorPort[FIRST_SIZE];
    private int next;
    private int end;

    int size() {
        return end - next;
    }

    void add(SelectorPort port) {
        if (end == ports.length) {
            ports = Arrays.copyOf(ports, 2 * end);
        }
        ports[end++] = port;
    }

    /** Removes and returns the first one; null if there is none. */
    @Nullable SelectorPort take() {
        if (next == end) {
            return null;
        }
        SelectorPort port = ports[next];
        // cleared at once: a port that was delivered must not be kept alive by this list
        ports[next++] = null;
        if (next == end) {
            next = 0;
            end = 0;
        }
        return port;
    }

    /** Moves what is left to the front and forgets ports that were released. */
    void tidy() {
        int kept = 0;
        for (int i = next; i < end; i++) {
            SelectorPort port = ports[i];
            if (port != null && !port.isReleased()) {
                ports[kept++] = port;
            }
        }
        Arrays.fill(ports, kept, end, null);
        next = 0;
        end = kept;
    }

    void clear() {
        Arrays.fill(ports, null);
        next = 0;
        end = 0;
    }
}
