package aio.core.registry;

import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Where the registry has its time from.
 *
 * @param clock nanoseconds, which only their differences mean something of
 * @param timers makes what does something after a time by that clock
 */
record Times(LongSupplier clock, Function<Runnable, Timer> timers) {
    /** The system's time. */
    static final Times SYSTEM = new Times(System::nanoTime, work -> new Alarm("aio-policy-change", work));
}
