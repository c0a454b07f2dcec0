package aio.driver.selector;

import java.util.Arrays;

/**
 * Ports that a poll collected, and what each is ready for, first in first out; allocates only to grow. Loop thread
 * only.
 */
final class ReadyList {
    private static final int FIRST_SIZE = 64;

    private @Nullable SelectorPort[] ports = new @Nullable SelectorPort[FIRST_SIZE];
    private int[] operations = new int[FIRST_SIZE];
    private int next;
    private int end;

    int size() {
        return end - next;
    }

    void add(SelectorPort port, int ready) {
        if (end == ports.length) {
            ports = Arrays.copyOf(ports, 2 * end);
            operations = Arrays.copyOf(operations, 2 * end);
        }
        ports[end] = port;
        operations[end++] = ready;
    }

    /** Lets each port deliver. If one throws, the next call continues after it. */
    void deliver() {
        while (next < end) {
            SelectorPort port = ports[next];
            // cleared at once, so that this list keeps no delivered port alive
            ports[next] = null;
            int ready = operations[next++];
            if (port != null) {
                port.deliverReady(ready);
            }
        }
        clear();
    }

    void clear() {
        Arrays.fill(ports, next, end, null);
        next = 0;
        end = 0;
    }
}
