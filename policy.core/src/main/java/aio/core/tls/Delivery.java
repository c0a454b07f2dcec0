package aio.core.tls;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Failing;
import aio.core.foreign.StreamCalls;
import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.loop.ExceptionContext;
import aio.transport.BufferedProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls the user's protocol with what was decrypted, as carefully as a plain transport does. Loop thread. */
final class Delivery {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final StreamProtocol GONE = new StreamProtocol() {};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Kernel kernel;
    private final BooleanSupplier wanted;
    private final Failing failing;
    private StreamProtocol protocol;
    private @Nullable BufferedProtocol buffered;
    private ByteBuffer held = NOTHING;

    /**
     * Makes one.
     *
     * @param wanted whether the protocol reads
     */
    Delivery(Kernel kernel, StreamProtocol protocol, BooleanSupplier wanted, Failing failing) {
        this.kernel = kernel;
        this.wanted = wanted;
        this.failing = failing;
        setProtocol(protocol);
    }

    StreamProtocol protocol() {
        return protocol;
    }

    void setProtocol(StreamProtocol next) {
        protocol = Objects.requireNonNull(next, "protocol");
        buffered = next instanceof BufferedProtocol b ? b : null;
    }

    /** Returns the object of the user at the end of all layers. */
    Object user() {
        return protocol instanceof Layer inner ? inner.user() : protocol;
    }

    void made(StreamTransport transport) {
        StreamCalls.made(kernel.calls(), protocol, transport);
    }

    // ---- data

    /** Tells whether data waits that a buffered protocol did not want. */
    boolean isHolding() {
        return held.hasRemaining();
    }

    /** Delivers what waits, as far as it is wanted. */
    void deliverHeld() {
        if (held.hasRemaining() && wanted.getAsBoolean()) {
            ByteBuffer rest = held;
            held = NOTHING;
            data(rest);
        }
    }

    /** Delivers, as far as it is wanted; the rest is kept. */
    void data(ByteBuffer plain) {
        boolean works = true;
        try {
            while (works && plain.hasRemaining() && wanted.getAsBoolean()) {
                works = deliver(plain);
            }
        } finally {
            if (works && plain.hasRemaining()) {
                hold(plain);
            }
        }
    }

    /** Keeps data for later, after what waits already. */
    void hold(ByteBuffer plain) {
        ByteBuffer all = ByteBuffer.allocate(held.remaining() + plain.remaining());
        held = all.put(held).put(plain).flip();
    }

    /** Delivers one portion; returns false if the protocol has failed. */
    private boolean deliver(ByteBuffer plain) {
        BufferedProtocol own = buffered;
        if (own != null) {
            return fill(own, plain);
        }
        try {
            StreamCalls.received(kernel.calls(), protocol, plain, failing);
        } finally {
            plain.position(plain.limit()); // however much of it the protocol has read
        }
        return true;
    }

    /** Fills the protocol's own buffers; returns false if the protocol has failed. */
    private boolean fill(BufferedProtocol own, ByteBuffer plain) {
        ByteBuffer buffer = StreamCalls.buffer(kernel.calls(), own, failing);
        if (buffer == null) {
            return false;
        }
        int count = Math.min(buffer.remaining(), plain.remaining());
        buffer.put(buffer.position(), plain, plain.position(), count);
        buffer.position(buffer.position() + count);
        plain.position(plain.position() + count);
        return StreamCalls.updated(kernel.calls(), own, count, failing);
    }

    // ---- the end

    /** Reports a failure: one of the network goes to the log alone. */
    void report(String message, Throwable cause, StreamTransport transport) {
        if (cause instanceof IOException) {
            LOG.log(Level.DEBUG, message + ": " + transport, cause);
        } else {
            kernel.report(ExceptionContext.of(message, cause)
                    .with("transport", transport)
                    .with("protocol", protocol));
        }
    }

    /** Tells the protocol of the end of the stream; with TLS its result means nothing. */
    void end(StreamTransport transport) {
        if (StreamCalls.ended(kernel.calls(), protocol, failing)) {
            LOG.log(Level.WARNING, "returning true from eofReceived() has no effect when using ssl: " + transport
                    + " closes");
        }
    }

    void lost(StreamTransport transport, @Nullable Throwable cause) {
        StreamProtocol called = protocol;
        held = NOTHING;
        try {
            StreamCalls.lost(kernel.calls(), called, cause, transport);
        } finally {
            protocol = GONE;
            buffered = null;
        }
    }

    // ---- flow control

    void pauseWriting(StreamTransport transport) {
        StreamCalls.pauseWriting(kernel.calls(), protocol, transport);
    }

    void resumeWriting(StreamTransport transport) {
        StreamCalls.resumeWriting(kernel.calls(), protocol, transport);
    }
}
