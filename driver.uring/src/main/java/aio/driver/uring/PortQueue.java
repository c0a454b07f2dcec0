package aio.driver.uring;

import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;

/**
 * Ports, first in first out. One that waits can leave from its place, at the same cost however many wait. Allocates
 * only to grow, and keeps no port that was taken out. Loop thread only.
 */
final class PortQueue<P> {
    /** The place of a port that is in no queue. */
    static final long NO_PLACE = -1;

    private @Nullable Object[] places = new @Nullable Object[64]; // the place n is at n & length - 1
    private long first; // of a port; next if the queue is empty
    private long next;
    private int size; // less than the places from first to next if some were taken out

    int size() {
        return size;
    }

    /** Returns the place of the port, which stays its own until the port is taken. */
    long add(P port) {
        if (next - first == places.length) {
            grow();
        }
        places[index(next)] = port;
        size++;
        return next++;
    }

    private void grow() {
        @Nullable Object[] before = places;
        places = new @Nullable Object[2 * before.length];
        for (long place = first; place < next; place++) {
            places[index(place)] = before[(int) place & before.length - 1];
        }
    }

    private int index(long place) {
        return (int) place & places.length - 1;
    }

    /** Returns the place that the next port will have. */
    long end() {
        return next;
    }

    /** Tells whether a port has a place before this one. */
    boolean hasBefore(long place) {
        return size > 0 && first < place;
    }

    /** Takes the first one out; the queue must not be empty. */
    P take() {
        Object port = size == 0 ? null : places[index(first)];
        if (port == null) {
            throw new NoSuchElementException("the queue is empty");
        }
        takeOut(first);
        return asPort(port);
    }

    /** Takes a port out of its place, if it is there: not once it was taken, or the queue was cleared. */
    void remove(P port, long place) {
        if (place >= first && place < next && places[index(place)] == port) {
            takeOut(place);
        }
    }

    private void takeOut(long place) {
        places[index(place)] = null;
        size--;
        if (size == 0) {
            first = next; // and not next = first: a place is never that of two ports
            return;
        }
        while (places[index(first)] == null) {
            first++;
        }
    }

    /** Returns the sum of a number of each port. */
    int sum(ToIntFunction<? super P> number) {
        int sum = 0;
        for (long place = first; place < next; place++) {
            Object port = places[index(place)];
            sum += port == null ? 0 : number.applyAsInt(asPort(port));
        }
        return sum;
    }

    @SuppressWarnings("unchecked") // only add writes there, and only ports
    private P asPort(Object port) {
        return (P) port;
    }

    void clear() {
        while (size > 0) {
            take();
        }
    }
}
