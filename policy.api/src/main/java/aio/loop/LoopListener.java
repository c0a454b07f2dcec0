package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of what happens to the loops of the core, see {@link LoopDirectory#addListener}: for recorders and monitors.
 * While there is no listener, nothing is made for one.
 *
 * <p>Whoever is called holds something up: the loop whose driver is exchanged, or the watch over all loops. So a method
 * returns at once, waits for nothing, and asks no loop for anything. An exception is logged, and disturbs neither
 * the loop nor another listener.
 *
 * <p>Thread safety: several threads may call at a time, each without a lock. Implemented by users.
 */
@ConsumerType
public interface LoopListener {

    /**
     * A loop has been held up for 100 ms, and still is. On a thread of the core.
     *
     * @param block what holds it up, as it was seen
     */
    default void blocked(LoopBlock block) {}

    /**
     * What held up a loop is over. On a thread of the core, at most a tenth of a second later; nothing if the core
     * stops before.
     *
     * @param block the same, with the time that it lasted
     */
    default void unblocked(LoopBlock block) {}

    /**
     * A loop has carried some of its channels from one driver to the other, and does its other work next. On the loop's
     * thread; on one of the core while nobody runs the loop.
     *
     * @param slice what was carried
     */
    default void sliceCarried(ExchangeSlice slice) {}

    /**
     * A loop has exchanged its driver, or has gone back to the one that it had: nothing is left to carry. On the same
     * thread as the slices, before those who wait for the exchange are told.
     *
     * @param exchange the exchange as a whole
     */
    default void driverExchanged(LoopExchange exchange) {}
}
