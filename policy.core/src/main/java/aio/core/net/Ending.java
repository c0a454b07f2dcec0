package aio.core.net;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Kernel;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** How a transport ends, the same for all: its user is told once, on the loop. Loop thread. */
public final class Ending {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int LOST_WRITES_BEFORE_LOG = 5; // asyncio's LOG_THRESHOLD_FOR_CONNLOST_WRITES

    private final Kernel kernel;
    private final Mortal transport;
    private Life life = Life.OPEN;
    private volatile boolean begun; // written by the loop; other threads ask for nothing else
    private int lostWrites = 1;

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
        /** The user was told. */
        OVER
    }

    /** A transport that can end. */
    public interface Mortal {
        /** Calls {@code connectionLost}. */
        void tellLost(@Nullable Throwable cause);

        /** Releases everything. */
        void over();
    }

    public Ending(Kernel kernel, Mortal transport) {
        this.kernel = kernel;
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
    boolean sends() {
        return life == Life.OPEN || life == Life.CLOSING;
    }

    public boolean isLost() {
        return life.compareTo(Life.LOST) >= 0;
    }

    void breaks() {
        become(Life.BROKEN);
    }

    public void close() {
        become(Life.CLOSING);
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
        kernel.callSoon(() -> {
            try {
                transport.tellLost(cause);
            } finally {
                become(Life.OVER);
                transport.over();
            }
        });
        return true;
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
        if (lostWrites >= LOST_WRITES_BEFORE_LOG) {
            LOG.log(Level.WARNING, seen + ". The protocol continues to write to " + transport
                    + ", whose connection is lost: stop when connectionLost is called");
        }
        lostWrites++;
    }
}
