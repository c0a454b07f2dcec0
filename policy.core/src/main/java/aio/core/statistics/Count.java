package aio.core.statistics;

/** What a {@link Meter} counts. */
public enum Count {
    /** Callbacks that were run, timers included. */
    CALLBACKS,
    /** Timers that were run. */
    TIMERS,
    /** Bytes that connections have received. */
    RECEIVED,
    /** Bytes that were given to connections to be sent. */
    SENT,
    /** Bytes that wait in the write queues of connections; decreases, too. */
    QUEUED,
    /** Connections that servers have accepted. */
    ACCEPTED,
    /** Accepts that have failed. */
    ACCEPTS_FAILED,
    /** Connections that were made to others. */
    CONNECTED,
    /** Connects that have failed. */
    CONNECTS_FAILED,
    /** Connections that ended in order. */
    ENDED,
    /** Connections that were lost with a cause. */
    LOST,
    /** TLS handshakes that were completed. */
    HANDSHAKES,
    /** TLS handshakes that have failed. */
    HANDSHAKES_FAILED
}
