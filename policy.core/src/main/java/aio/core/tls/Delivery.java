package aio.core.tls;

import aio.core.foreign.Guard;
import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.protocol.BufferedProtocol;
import aio.protocol.StreamProtocol;
import aio.transport.StreamTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls the user's protocol with what was decrypted, and with the care that a plain transport takes. Loop thread. */
final class Delivery {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final StreamProtocol GONE = new StreamProtocol() {};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Kernel kernel;
    private final BooleanSupplier wanted;
    private final Failing failing;
    private StreamProtocol protocol;
    private @Nullable BufferedProtocol buffered;
    private ByteBuffer held = NOTHING;

    /** Is told when a call of the protocol fails. */
    @FunctionalInterface
    interface Failing {
        void fatal(Throwable failure, String message);
    }

    /**
     * Makes one.
     *
     * @param wanted tells whether the protocol reads
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
        StreamProtocol called = protocol;
        kernel.calls().guarded(called, "protocol.connectionMade() failed", () -> called.connectionMade(transport), transport);
    }

    // ---- data

    /** Tells whether something waits that a buffered protocol did not want. */
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
        while (plain.hasRemaining() && wanted.getAsBoolean()) {
            BufferedProtocol own = buffered;
            StreamProtocol called = protocol;
            long entered = kernel.calls().enter(called);
            try {
                if (own == null) {
                    called.dataReceived(plain);
                    return;
                }
                fill(own, plain);
            } catch (Throwable failure) {
                Guard.rethrowExit(failure);
                failing.fatal(failure, "Fatal error: protocol."
                        + (own == null ? "dataReceived" : "bufferUpdated") + "() call failed.");
                return;
            } finally {
                kernel.calls().leave(called, entered);
            }
        }
        if (plain.hasRemaining()) {
            held = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
        }
    }

    private void fill(BufferedProtocol own, ByteBuffer plain) {
        ByteBuffer buffer = bufferOf(own);
        if (buffer == null) {
            return;
        }
        int count = Math.min(buffer.remaining(), plain.remaining());
        buffer.put(buffer.position(), plain, plain.position(), count);
        buffer.position(buffer.position() + count);
        plain.position(plain.position() + count);
        own.bufferUpdated(count);
    }

    private @Nullable ByteBuffer bufferOf(BufferedProtocol own) {
        try {
            ByteBuffer buffer = own.getBuffer(-1);
            String unfit = buffer == null ? "null"
                    : buffer.isReadOnly() ? "a read-only buffer"
                    : buffer.hasRemaining() ? null : "a buffer without space";
            if (unfit != null) {
                throw new IllegalStateException(
                        "protocol.getBuffer() answered " + unfit + ": expected space to receive into");
            }
            return buffer;
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            failing.fatal(failure, "Fatal error: protocol.getBuffer() call failed.");
            return null;
        }
    }

    // ---- the end

    /** Tells of the end of the stream; the answer means nothing with TLS. */
    void end(StreamTransport transport) {
        StreamProtocol called = protocol;
        long entered = kernel.calls().enter(called);
        try {
            if (called.eofReceived()) {
                LOG.log(Level.WARNING, "returning true from eofReceived() has no effect when using ssl: " + transport
                        + " closes");
            }
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            failing.fatal(failure, "Fatal error: protocol.eofReceived() call failed.");
        } finally {
            kernel.calls().leave(called, entered);
        }
    }

    void lost(StreamTransport transport, @Nullable Throwable cause) {
        StreamProtocol called = protocol;
        held = NOTHING;
        try {
            kernel.calls().guarded(called, "protocol.connectionLost() failed", () -> called.connectionLost(cause), transport);
        } finally {
            protocol = GONE;
            buffered = null;
        }
    }

    // ---- flow control

    void pauseWriting(StreamTransport transport) {
        StreamProtocol called = protocol;
        kernel.calls().guarded(called, "protocol.pauseWriting() failed", called::pauseWriting, transport);
    }

    void resumeWriting(StreamTransport transport) {
        StreamProtocol called = protocol;
        kernel.calls().guarded(called, "protocol.resumeWriting() failed", called::resumeWriting, transport);
    }
}
