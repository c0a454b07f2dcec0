package aio.core.foreign;

import aio.loop.ExchangeSlice;
import aio.loop.LoopBlock;
import aio.loop.LoopExchange;
import aio.loop.LoopListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells those who want to know of what happens to loops. A failure of one disturbs nobody else. Any thread. */
public final class LoopCalls {
    private static final Logger LOG = System.getLogger("aio.loop");

    private LoopCalls() {}

    /** Tells that a loop is held up. */
    public static void blocked(LoopListener listener, LoopBlock block) {
        call(listener, block.loop(), () -> listener.blocked(block));
    }

    /** Tells that a loop is held up no more. */
    public static void unblocked(LoopListener listener, LoopBlock block) {
        call(listener, block.loop(), () -> listener.unblocked(block));
    }

    /** Tells that a slice was carried. */
    public static void sliceCarried(LoopListener listener, ExchangeSlice slice) {
        call(listener, slice.exchange().loop(), () -> listener.sliceCarried(slice));
    }

    /** Tells that a driver was exchanged. */
    public static void driverExchanged(LoopListener listener, LoopExchange exchange) {
        call(listener, exchange.loop(), () -> listener.driverExchanged(exchange));
    }

    private static void call(LoopListener listener, String loop, Wall.Step call) {
        Wall.run(LOG, Level.ERROR, "loop \"" + loop + "\": listener " + Text.ofClass(listener.getClass())
                + " failed; loop and other listeners continue", call);
    }
}
