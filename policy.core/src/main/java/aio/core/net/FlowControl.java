package aio.core.net;

import aio.core.kernel.Kernel;
import aio.protocol.WritePipeProtocol;
import aio.transport.DatagramTransport;
import aio.transport.StreamTransport;
import aio.transport.WriteTransport;
import aio.transport.WriteTransport.WriteBufferLimits;
import java.util.function.Supplier;

/** Pauses a protocol when the write buffer is larger than the high mark, resumes it at the low one. Loop thread. */
final class FlowControl {
    private static final WriteBufferLimits DEFAULTS = new WriteBufferLimits(16 * 1024, 64 * 1024); // asyncio's

    private final Kernel kernel;
    private final Object transport;
    private final Supplier<?> protocol;
    private final Runnable pause;
    private final Runnable resume;
    private WriteBufferLimits limits = DEFAULTS;
    private boolean paused;

    FlowControl(Kernel kernel, StreamTransport transport) {
        this(kernel, transport, transport::getProtocol, () -> transport.getProtocol().pauseWriting(),
                () -> transport.getProtocol().resumeWriting());
    }

    FlowControl(Kernel kernel, DatagramTransport transport) {
        this(kernel, transport, transport::getProtocol, () -> transport.getProtocol().pauseWriting(),
                () -> transport.getProtocol().resumeWriting());
    }

    FlowControl(Kernel kernel, WriteTransport transport, WritePipeProtocol protocol) {
        this(kernel, transport, () -> protocol, protocol::pauseWriting, protocol::resumeWriting);
    }

    private FlowControl(Kernel kernel, Object transport, Supplier<?> protocol, Runnable pause, Runnable resume) {
        this.kernel = kernel;
        this.transport = transport;
        this.protocol = protocol;
        this.pause = pause;
        this.resume = resume;
    }

    WriteBufferLimits limits() {
        return limits;
    }

    void setLimits(int high, int low) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high " + high + " and low " + low
                    + " cannot be the marks of a write buffer: expected high >= low >= 0");
        }
        limits = new WriteBufferLimits(low, high);
    }

    void grown(int size) {
        if (!paused && size > limits.high()) {
            paused = true;
            kernel.guarded(protocol.get(), "protocol.pauseWriting() failed", pause, transport);
        }
    }

    void shrunk(int size) {
        if (paused && size <= limits.low()) {
            paused = false;
            kernel.guarded(protocol.get(), "protocol.resumeWriting() failed", resume, transport);
        }
    }
}
