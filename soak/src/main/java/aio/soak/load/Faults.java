package aio.soak.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults: the first ones of each run are kept in words, all are counted. Any thread. */
public final class Faults {
    private static final int KEPT = 50;

    private final Queue<String> first = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Adds one. */
    public void add(String fault) {
        if (count.getAndIncrement() < KEPT) {
            first.add(fault);
        }
    }

    /** Returns how many there are. */
    public int count() {
        return count.get();
    }

    /** Returns the first ones, and how many more there are. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        if (count.get() > lines.size()) {
            lines.add("and " + (count.get() - lines.size()) + " more");
        }
        return lines;
    }
}
