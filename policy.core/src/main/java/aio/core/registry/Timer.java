package aio.core.registry;

/** Does something once after a time. Any thread. */
interface Timer extends AutoCloseable {

    /** Does it after that time; what was set before is over. */
    void set(long delayNanos);

    /** Does nothing until it is set again. */
    void clear();

    /** Does nothing any more. */
    @Override
    void close();
}
