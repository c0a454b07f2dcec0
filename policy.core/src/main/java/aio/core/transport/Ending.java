package aio.core.transport;

import aio.core.kernel.Kernel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a transport ends, the same for all: its user is told once, on the loop. Loop thread. */
public final class Ending {
    private final Consumer<Runnable> scheduler;
    private final Mortal transport;
    private final DroppedWrites dropped = new DroppedWrites();
    private Life life = Life.OPEN;
    private volatile boolean begun; // written by the loop; other threads ask for nothing else

    /** The life of a transport, in its order; each but the first and the last can be left out. */
    public enum Life {
        /** In use. */
        OPEN,
        /** Nothing can be sent any more, but what the other side had sent before is still received. */
        BROKEN,
        /** Closed by its user: nothing more is received, what is buffered is sent. */
        CLOSING,
        /** The call of {@code connectionLost} is scheduled. */
        LOST,
        /** The user is told, or was. */
        OVER
    }

    /** A transport that can end. */
    public interface Mortal {
        /** Calls {@code connectionLost}. */
        void tellLost(@Nullable Throwable cause);

        /** Releases what is left, after {@link #tellLost}. */
        default void over() {}
    }

    public Ending(Kernel kernel, Mortal transport) {
        this(kernel::callSoon, transport);
    }

    /**
     * Makes one.
     *
     * @param scheduler schedules a callback on the loop
     */
    public Ending(Consumer<Runnable> scheduler, Mortal transport) {
        this.scheduler = scheduler;
        this.transport = transport;
    }

    public boolean is(Life asked) {
        return life == asked;
    }

    /** Tells whether the user can no longer use it. Any thread. */
    public boolean hasBegun() {
        return begun;
    }

    /** Tells whether something may still be received. */
    public boolean receives() {
        return life.compareTo(Life.CLOSING) < 0;
    }

    /** Tells whether something may still be sent. */
    public boolean sends() {
        return life == Life.OPEN || life == Life.CLOSING;
    }

    public boolean isLost() {
        return life.compareTo(Life.LOST) >= 0;
    }

    /** Nothing can be sent any more. */
    public void breaks() {
        become(Life.BROKEN);
    }

    /** The user wants no more; returns false if an end has begun before. */
    public boolean close() {
        if (begun) {
            return false;
        }
        become(Life.CLOSING);
        return true;
    }

    private void become(Life next) {
        life = next;
        begun = true;
    }

    /** Schedules the user's {@code connectionLost}; returns false if that was done before. */
    public boolean lose(@Nullable Throwable cause) {
        if (isLost()) {
            return false;
        }
        become(Life.LOST);
        scheduler.accept(() -> loseNow(cause));
        return true;
    }

    /**
     * Calls the user's {@code connectionLost} at once, unless that was done before: for a caller that the loop itself
     * has called.
     */
    public void loseNow(@Nullable Throwable cause) {
        if (life == Life.OVER) {
            return;
        }
        become(Life.OVER);
        try {
            transport.tellLost(cause);
        } finally {
            transport.over();
        }
    }

    /** Tells whether a write is to be dropped; the log warns of a protocol that continues to write. */
    public boolean dropsWrite() {
        if (sends()) {
            return false;
        }
        countDropped("socket.send() raised exception");
        return true;
    }

    /** Counts a write that is dropped. From the fifth on each is logged, after what asyncio says of it. */
    public void countDropped(String seen) {
        dropped.add(seen + ". " + transport + " has ended", "connectionLost");
    }
}
