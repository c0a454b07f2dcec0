package aio.driver.proactor;

import java.util.Arrays;

/** Operations that were carried out and not yet delivered: a ring, first in first out, that allocates only to grow. */
final class CompletionQueue {
    private @Nullable Operation[] ring = new @Nullable Operation[64]; // a power of two
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(Operation operation) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = operation;
    }

    private void grow() {
        @Nullable Operation[] larger = Arrays.copyOf(ring, 2 * ring.length);
        // the part at the front goes after the old end
        System.arraycopy(ring, 0, larger, ring.length, head);
        Arrays.fill(larger, 0, head, null);
        ring = larger;
    }

    /** Removes and returns the first one; null if there is none. */
    @Nullable Operation take() {
        if (size == 0) {
            return null;
        }
        Operation operation = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return operation;
    }

    /** Delivers the present operations: those that complete meanwhile wait for the next call, so that this one ends. */
    void deliverAll() {
        for (int left = size; left > 0; left--) {
            Operation operation = take();
            if (operation != null && operation.is(Operation.State.COMPLETED) && operation.isLive()) {
                operation.deliver();
            }
        }
    }

    /** Forgets operations of ports that were released. */
    void tidy() {
        for (int left = size; left > 0; left--) {
            Operation operation = take();
            if (operation != null && operation.isLive()) {
                add(operation);
            }
        }
    }

    void clear() {
        Arrays.fill(ring, null);
        head = 0;
        size = 0;
    }
}
