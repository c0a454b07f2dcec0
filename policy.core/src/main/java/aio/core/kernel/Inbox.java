package aio.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks and handles from other threads, in the order of their arrival: a chain of arrays. A producer draws a place of the
 * last array and fills it; the loop empties the places in their order. Nothing is allocated but an array now and then.
 */
final class Inbox {
    private static final int PLACES = 256;
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle DRAWN;
    private static final VarHandle NEXT;
    private static final VarHandle LAST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DRAWN = lookup.findVarHandle(Chunk.class, "drawn", int.class);
            NEXT = lookup.findVarHandle(Chunk.class, "next", Chunk.class);
            LAST = lookup.findVarHandle(Inbox.class, "last", Chunk.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Some places; {@code drawn} may go on counting when all are drawn. */
    private static final class Chunk {
        private final @Nullable Object[] places = new @Nullable Object[PLACES];
        private volatile int drawn;
        private volatile @Nullable Chunk next;
    }

    private volatile Chunk last = new Chunk();
    private Chunk first = last;
    private int emptied;

    /** Whether there may be something: what the loop asks at each callback, so it is one field. */
    private volatile boolean arrived;

    /**
     * Any thread. If the loop said that it sleeps before it asked {@link #isEmpty}, then either it was answered false, or
     * whoever added sees that it sleeps.
     */
    void add(Object scheduled) {
        Chunk chunk = last;
        int place = (int) DRAWN.getAndAdd(chunk, 1);
        while (place >= PLACES) {
            chunk = behind(chunk);
            place = (int) DRAWN.getAndAdd(chunk, 1);
        }
        PLACE.setRelease(chunk.places, place, scheduled);
        if (!arrived) {
            arrived = true;
        }
    }

    /** Returns the one behind a chunk whose places are all drawn; makes it if nobody has. */
    private Chunk behind(Chunk full) {
        Chunk next = full.next;
        if (next == null) {
            Chunk made = new Chunk();
            next = (Chunk) NEXT.compareAndExchange(full, null, made);
            if (next == null) {
                next = made;
            }
        }
        LAST.compareAndSet(this, full, next);
        return next;
    }

    /** Any thread. */
    boolean isEmpty() {
        return !arrived;
    }

    /**
     * Moves what is here to the end of what is ready. A place that is drawn and not filled yet is left for later, with all
     * behind it: the thread that fills it may be off its core. Loop thread.
     */
    void drainTo(ReadyQueue ready) {
        if (!arrived) {
            return;
        }
        arrived = false;
        try {
            for (Object next = take(); next != null; next = take()) {
                ready.add(next);
            }
        } finally {
            if (isDrawn()) {
                arrived = true;
            }
        }
    }

    private @Nullable Object take() {
        if (emptied == PLACES) {
            Chunk next = first.next;
            if (next == null) {
                return null;
            }
            first = next;
            emptied = 0;
        }
        Object taken = PLACE.getAcquire(first.places, emptied);
        if (taken != null) {
            first.places[emptied++] = null;
        }
        return taken;
    }

    /** Tells whether somebody has drawn a place that is not emptied. */
    private boolean isDrawn() {
        return emptied == PLACES ? first.next != null : first.drawn > emptied;
    }
}
