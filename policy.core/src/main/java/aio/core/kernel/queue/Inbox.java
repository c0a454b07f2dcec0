package aio.core.kernel.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks and handles from other threads, in the order of their arrival: a chain of arrays. A producer draws a place
 * in the last array and fills it; the loop empties the places in their order. Emptied arrays are used again, so nothing
 * is allocated as long as the loop keeps up.
 */
public final class Inbox {
    private static final int PLACES = 256;
    private static final int MOST_SPARE = 64;
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle DRAWN;

    static {
        try {
            DRAWN = MethodHandles.lookup().findVarHandle(Chunk.class, "drawn", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * An array of places. {@code drawn} may rise further when all places are drawn. A chunk that is not linked has no
     * place to draw: a producer may still hold it from the time when it was the last.
     */
    private static final class Chunk {
        private final @Nullable Object[] places = new @Nullable Object[PLACES];
        private volatile int drawn; // 0 is written after the places were emptied, and before any of them is drawn
        private volatile @Nullable Chunk next; // written before a place of the next chunk is drawn

        Chunk(int drawn) {
            this.drawn = drawn;
        }
    }

    private volatile Chunk last = new Chunk(0); // written under the lock; an earlier one that a producer reads is full
    private Chunk first = last;
    private int emptied;

    /** Emptied chunks that are not spare yet, linked by {@code next}; of the loop's thread. */
    private @Nullable Chunk retired;

    /**
     * Whether there may be something: the loop asks this at each callback, so it is one field. A producer draws its
     * place before it reads this; the loop writes false before it reads which places are drawn and filled. So either
     * the loop finds the place, and writes true if it is not filled yet, or the producer reads false and writes true.
     */
    private volatile boolean arrived;

    /** Guards the end of the chain and the spare chunks, linked by {@code next}. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Chunk spare;
    private int spares;

    /**
     * Any thread. If the loop has written that it sleeps before it asked {@link #isEmpty}, then either {@code isEmpty}
     * returns false, or the caller of this finds that the loop sleeps.
     */
    void add(Object scheduled) {
        Chunk chunk = last;
        int place = (int) DRAWN.getAndAdd(chunk, 1);
        while (place >= PLACES) {
            chunk = withRoom();
            place = (int) DRAWN.getAndAdd(chunk, 1);
        }
        PLACE.setRelease(chunk.places, place, scheduled); // pairs with getAcquire in drainTo: the loop sees it whole
        if (!arrived) {
            arrived = true;
        }
    }

    /** Returns the last chunk; appends another one if all its places are drawn. */
    private Chunk withRoom() {
        lock.lock();
        try {
            Chunk full = last;
            if (full.drawn < PLACES) {
                return full;
            }
            Chunk next = spare;
            if (next == null) {
                next = new Chunk(PLACES);
            } else {
                spare = next.next;
                spares--;
                next.next = null;
            }
            full.next = next;
            last = next;
            next.drawn = 0;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps an emptied chunk as a spare one; if the lock is held by a producer, later, together with the next one.
     */
    private void reuse(Chunk empty) {
        empty.next = retired;
        retired = empty;
        if (!lock.tryLock()) {
            return;
        }
        try {
            for (Chunk each = retired; each != null && spares < MOST_SPARE; each = retired) {
                retired = each.next;
                each.next = spare;
                spare = each;
                spares++;
            }
            retired = null; // those above the limit
        } finally {
            lock.unlock();
        }
    }

    /** Any thread. */
    public boolean isEmpty() {
        return !arrived;
    }

    /**
     * Moves what is here to the end of what is ready, timers to the timers. A place that is drawn and not filled yet
     * stays for later, with all places after it: the thread that fills it may be off its core. Loop thread.
     */
    void drainTo(ReadyQueue ready, TimerHeap timers) {
        if (!arrived) {
            return;
        }
        arrived = false;
        Chunk chunk = first; // the fields are written once, at the end: producers read what lies beside them
        int place = emptied;
        try {
            for (Chunk next = chunk; next != null; next = place == PLACES ? chunk.next : null) {
                if (next != chunk) {
                    reuse(chunk);
                    chunk = next;
                    place = 0;
                }
                @Nullable Object[] places = chunk.places;
                for (Object taken; place < PLACES && (taken = PLACE.getAcquire(places, place)) != null; place++) {
                    if (taken instanceof CoreTimerHandle timer) {
                        timers.add(timer);
                    } else {
                        ready.add(taken);
                    }
                    places[place] = null;
                }
            }
        } finally {
            first = chunk;
            emptied = place;
            if (place == PLACES ? chunk.next != null : chunk.drawn > place) {
                arrived = true; // a place is drawn that is not emptied
            }
        }
    }
}
