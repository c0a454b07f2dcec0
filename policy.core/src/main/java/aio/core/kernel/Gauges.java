package aio.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What others may look at while the loop runs. Written by the loop's thread around every call of a protocol, so without the
 * fences of volatile fields; read by any thread, which sees it a moment later.
 */
final class Gauges {
    private static final VarHandle CURRENT;
    private static final VarHandle READY;
    private static final VarHandle TURNS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(Gauges.class, "current", Object.class);
            READY = lookup.findVarHandle(Gauges.class, "ready", int.class);
            TURNS = lookup.findVarHandle(Gauges.class, "turns", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Object current;
    private int ready;
    private long turns;

    void entered(Object user) {
        CURRENT.setRelease(this, user); // whoever names it must see it whole
    }

    void left() {
        CURRENT.setOpaque(this, null);
    }

    void turned(int readyNow) {
        READY.setOpaque(this, readyNow);
        TURNS.setRelease(this, turns + 1);
    }

    @Nullable Object current() {
        return CURRENT.getAcquire(this);
    }

    int readyCount() {
        return (int) READY.getOpaque(this);
    }

    long turns() {
        return (long) TURNS.getAcquire(this);
    }
}
