package aio.core.foreign;

import aio.loop.ExchangeSlice;
import aio.loop.LoopBlock;
import aio.loop.LoopExchange;
import aio.loop.LoopListener;
import java.lang.System.Logger.Level;

/**
 * Calls the listeners to what happens to loops. The failure of one does not keep the others from being called. Any
 * thread.
 */
public final class LoopCalls {
    private static final CoreLog LOG = CoreLog.LOOP;

    private LoopCalls() {}

    /** A loop is held up. */
    public static void blocked(LoopListener listener, LoopBlock block) {
        call(listener, block.loop(), () -> listener.blocked(block));
    }

    /** A loop is no longer held up. */
    public static void unblocked(LoopListener listener, LoopBlock block) {
        call(listener, block.loop(), () -> listener.unblocked(block));
    }

    /** A slice was carried. */
    public static void sliceCarried(LoopListener listener, ExchangeSlice slice) {
        call(listener, slice.exchange().loop(), () -> listener.sliceCarried(slice));
    }

    /** A driver was exchanged. */
    public static void driverExchanged(LoopListener listener, LoopExchange exchange) {
        call(listener, exchange.loop(), () -> listener.driverExchanged(exchange));
    }

    private static void call(LoopListener listener, String loop, Wall.Step call) {
        Wall.run(LOG, Level.ERROR, "loop \"" + loop + "\": listener " + Text.ofClass(listener.getClass())
                + " failed; loop and other listeners continue", call);
    }
}
