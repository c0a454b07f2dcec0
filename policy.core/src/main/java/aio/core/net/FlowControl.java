package aio.core.net;

import aio.core.kernel.Kernel;
import aio.transport.WriteTransport.WriteBufferLimits;

/** Pauses a protocol when the write buffer exceeds the high mark, resumes it at the low one. Loop thread. */
public final class FlowControl {
    private static final WriteBufferLimits DEFAULTS = new WriteBufferLimits(16 * 1024, 64 * 1024); // asyncio's

    private final Kernel kernel;
    private final Writing transport;
    private WriteBufferLimits limits = DEFAULTS;
    private boolean paused;

    /** A transport whose user writes, and can be paused. */
    public interface Writing {
        /** Calls the protocol's {@code pauseWriting}. */
        void pauseWriter();

        /** Calls the protocol's {@code resumeWriting}. */
        void resumeWriter();
    }

    public FlowControl(Kernel kernel, Writing transport) {
        this.kernel = kernel;
        this.transport = transport;
    }

    public WriteBufferLimits limits() {
        return limits;
    }

    public void setLimits(long low, long high) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high " + high + " and low " + low
                    + " cannot be the marks of a write buffer: expected high >= low >= 0");
        }
        limits = new WriteBufferLimits(low, high);
    }

    public void grown(long size) {
        if (!paused && size > limits.high()) {
            paused = true;
            transport.pauseWriter();
        }
    }

    public void shrunk(long size) {
        if (paused && size <= limits.low()) {
            paused = false;
            transport.resumeWriter();
        }
    }
}
