package aio.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What others may look at while the loop runs. Written by the loop's thread in every turn, so without the fences of
 * volatile fields; read by any thread, which sees it a moment later.
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
