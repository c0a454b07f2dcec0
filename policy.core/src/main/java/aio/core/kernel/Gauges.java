package aio.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Figures of a running loop for other threads. The loop's thread writes them in every turn, so without the fences of
 * volatile fields; other threads see them a moment later.
 */
final class Gauges {
    private static final VarHandle READY;
    private static final VarHandle TURNS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            READY = lookup.findVarHandle(Gauges.class, "ready", int.class);
            TURNS = lookup.findVarHandle(Gauges.class, "turns", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int ready;
    private long turns;

    // ready is opaque: a figure alone. The setRelease of turns pairs with the getAcquire in turns(): a thread that sees
    // a number also sees what the loop wrote before it.
    void turned(int readyNow) {
        READY.setOpaque(this, readyNow);
        TURNS.setRelease(this, turns + 1);
    }

    int readyCount() {
        return (int) READY.getOpaque(this);
    }

    long turns() {
        return (long) TURNS.getAcquire(this);
    }
}
