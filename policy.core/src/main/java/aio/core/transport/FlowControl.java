package aio.core.transport;

import aio.transport.WriteTransport.WriteBufferLimits;

/**
 * Pauses a protocol when the write buffer exceeds the high mark, resumes it at the low one, as asyncio's {@code
 * _FlowControlMixin}. Loop thread.
 */
public final class FlowControl {
    private static final WriteBufferLimits DEFAULTS = new WriteBufferLimits(16 * 1024, 64 * 1024); // asyncio's

    private final Writing transport;

    // Written by the loop; what writes for a loop on a thread of its own reads them in awaits().
    private volatile WriteBufferLimits limits = DEFAULTS;
    private volatile boolean paused;

    /** A transport whose user writes, and can be paused. */
    public interface Writing {
        /** Calls the protocol's {@code pauseWriting}. */
        void pauseWriter();

        /** Calls the protocol's {@code resumeWriting}. */
        void resumeWriter();
    }

    public FlowControl(Writing transport) {
        this.transport = transport;
    }

    public WriteBufferLimits limits() {
        return limits;
    }

    /** Sets both marks; {@link #grown} must follow. */
    public void setLimits(long low, long high) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high " + high + " and low " + low
                    + " cannot be the marks of a write buffer: expected high >= low >= 0");
        }
        limits = new WriteBufferLimits(low, high);
    }

    /** The buffer has grown to {@code size} bytes. */
    public void grown(long size) {
        if (!paused && size > limits.high()) {
            paused = true;
            transport.pauseWriter();
        }
    }

    /** The buffer has shrunk to {@code size} bytes. */
    public void shrunk(long size) {
        if (awaits(size)) {
            paused = false;
            transport.resumeWriter();
        }
    }

    /**
     * Tells whether the protocol waits for no more than this size of the buffer. Any thread: one that has made room
     * and finds that nothing waits need not tell the loop, if the loop, after it has paused the protocol, asks this for
     * the size at that time.
     */
    public boolean awaits(long size) {
        return paused && size <= limits.low();
    }
}
