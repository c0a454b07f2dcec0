package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listens to what happens to the loops of the core, for recorders and monitors, see {@link LoopDirectory#addListener}.
 * Without a listener no event is made.
 *
 * <p>A listener holds up its caller: the loop whose driver is exchanged, or the watch over all loops. So its methods
 * must return at once: they must not wait, nor call a method of a loop that waits. An exception is logged, and disturbs
 * neither the loop nor other listeners.
 *
 * <p>Thread safety: several threads may call at once, without a lock. Implemented by users.
 */
@ConsumerType
public interface LoopListener {

    /**
     * A loop has been held up for 100 ms, and still is. Called on a thread of the core.
     *
     * @param block what was seen to hold it up
     */
    default void blocked(LoopBlock block) {}

    /**
     * A loop that was held up works again. Called on a thread of the core, at most a tenth of a second later; not
     * called if the core stops before.
     *
     * @param block what {@link #blocked} was called with, and how long it lasted
     */
    default void unblocked(LoopBlock block) {}

    /**
     * A loop has carried some of its channels from one driver to the other, and does its other work next. Called on the
     * loop's thread; if no thread runs the loop, on a thread of the core.
     *
     * @param slice what was carried
     */
    default void sliceCarried(ExchangeSlice slice) {}

    /**
     * An exchange is over: the loop is on its new driver, or on the old one again. Called on the same thread as
     * {@link #sliceCarried}, before threads that wait for the exchange are woken.
     *
     * @param exchange the exchange as a whole
     */
    default void driverExchanged(LoopExchange exchange) {}
}
