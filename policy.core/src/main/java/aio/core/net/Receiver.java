package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.foreign.StreamCalls;
import aio.core.foreign.UntrustedException;
import aio.core.kernel.Kernel;
import aio.core.statistics.Count;
import aio.spi.StreamPort;
import aio.transport.BufferedProtocol;
import aio.transport.StreamProtocol;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: what the port reads becomes calls of the protocol, unless the protocol has
 * paused. Bytes that an earlier driver had read come first. Loop thread.
 */
final class Receiver {
    private final Kernel kernel;
    private final SocketTransport transport;
    private @Nullable BufferedProtocol buffered;
    private @Nullable ByteBuffer unread;
    private @Nullable ByteBuffer lent;
    private int lentFrom;
    private boolean started;
    private boolean paused;
    private boolean held;
    private boolean atEnd;

    Receiver(Kernel kernel, SocketTransport transport) {
        this.kernel = kernel;
        this.transport = transport;
    }

    /** Another protocol takes over. */
    void protocolIs(StreamProtocol protocol) {
        buffered = protocol instanceof BufferedProtocol own ? own : null;
    }

    /** The protocol was told of the connection: from now on it may receive. */
    void start() {
        started = true;
        goOn();
    }

    private boolean mayDeliver() {
        return started && !paused && !held && transport.ending().receives() && !atEnd;
    }

    /** The port is not to read while bytes of an earlier port wait. */
    boolean wantsReading() {
        return unread == null && mayDeliver();
    }

    private void goOn() {
        if (unread == null) {
            apply();
        } else if (mayDeliver()) {
            kernel.callSoon(this::deliverUnread);
        }
    }

    void apply() {
        LastReads last = transport.lastReads();
        if (last != null) {
            last.goOn();
            return;
        }
        StreamPort present = transport.port();
        if (present == null || !transport.isAttached()) {
            return;
        }
        kernel.ioHappened();
        PortCalls.read(present, wantsReading(), transport);
    }

    @Nullable ByteBuffer receiveBuffer() {
        if (!wantsReading()) {
            return null;
        }
        BufferedProtocol own = buffered;
        ByteBuffer buffer = own == null
                ? kernel.receiveBuffer().cleared() : StreamCalls.buffer(kernel.calls(), own, transport);
        lent = buffer;
        lentFrom = buffer == null ? 0 : buffer.position();
        return buffer;
    }

    boolean filled(ByteBuffer buffer, int count) {
        if (buffer != lent || count != buffer.position() - lentFrom) {
            untrusted(buffer, count);
            return false;
        }
        if (buffered == null) {
            deliver(buffer.flip(), count);
            kernel.receiveBuffer().filled(count);
        } else {
            deliver(buffer, count);
        }
        return wantsReading();
    }

    private void untrusted(ByteBuffer buffer, int count) {
        String seen = "it received " + count + " bytes into "
                + (buffer == lent ? "a buffer from " + lentFrom + " to " + buffer.position() : "a buffer of its own");
        transport.driverFailed(new IllegalStateException("the driver contradicts itself: " + seen));
        transport.broken(new UntrustedException("which bytes were received is not known, since the driver contradicts"
                + " itself: " + seen, null), "Fatal read error on socket transport");
    }

    boolean received(ByteBuffer bytes) {
        while (bytes.hasRemaining() && wantsReading()) {
            pass(bytes);
        }
        return wantsReading();
    }

    /**
     * Passes bytes of a borrowed buffer to the protocol: all of them, or what the protocol's own buffer holds.
     */
    private void pass(ByteBuffer bytes) {
        BufferedProtocol own = buffered;
        if (own == null) {
            try {
                deliver(bytes, bytes.remaining());
            } finally {
                bytes.position(bytes.limit());
            }
            return;
        }
        ByteBuffer into = StreamCalls.buffer(kernel.calls(), own, transport);
        if (into != null) {
            int count = Math.min(into.remaining(), bytes.remaining());
            into.put(into.position(), bytes, bytes.position(), count).position(into.position() + count);
            bytes.position(bytes.position() + count);
            deliver(into, count);
        }
    }

    void unread(ByteBuffer bytes) {
        if (!transport.ending().receives() || kernel.isClosed()) {
            return; // nothing receives any more
        }
        int count = bytes.remaining();
        try {
            keep(bytes);
        } catch (OutOfMemoryError | ArithmeticException e) { // not the driver's fault
            transport.end(new UntrustedException("there was no memory for " + count
                    + " bytes that were received, and that the driver has handed back", e));
            return;
        }
        apply();
        goOn();
    }

    private void keep(ByteBuffer bytes) {
        ByteBuffer before = unread;
        int kept = before == null ? 0 : before.remaining();
        ByteBuffer all = ByteBuffer.allocate(Math.addExact(kept, bytes.remaining()));
        if (before != null) {
            all.put(before);
        }
        unread = all.put(bytes).flip();
    }

    private void deliverUnread() {
        ByteBuffer bytes = unread;
        if (bytes == null) {
            return;
        }
        try {
            while (bytes.hasRemaining() && mayDeliver()) {
                pass(bytes);
            }
        } finally { // the user's code may leave the loop
            if (!bytes.hasRemaining()) {
                unread = null;
            }
            goOn();
        }
    }

    private void deliver(ByteBuffer buffer, int count) {
        kernel.meter().add(Count.RECEIVED, count);
        transport.account().received(count);
        BufferedProtocol own = buffered;
        if (own != null) {
            StreamCalls.updated(kernel.calls(), own, count, transport);
        } else {
            StreamCalls.received(kernel.calls(), transport.getProtocol(), buffer, transport);
        }
    }

    void endOfStream() {
        if (atEnd) {
            return;
        }
        atEnd = true;
        boolean keepOpen = false;
        try {
            keepOpen = StreamCalls.ended(kernel.calls(), transport.getProtocol(), transport);
        } finally {
            if (!keepOpen) {
                transport.close();
            }
        }
    }

    boolean isReading() {
        return transport.ending().receives() && !paused;
    }

    /** Tells whether the other side has ended its stream. */
    boolean isAtEnd() {
        return atEnd;
    }

    void pause() {
        if (transport.ending().receives() && !paused) {
            paused = true;
            apply();
        }
    }

    void resume() {
        if (transport.ending().receives() && paused) {
            paused = false;
            goOn();
        }
    }

    /** Stops receiving, or continues, whatever the user has asked for. */
    void hold(boolean hold) {
        held = hold;
        if (hold) {
            apply();
        } else {
            goOn();
        }
    }

    /** Releases what will not be received any more. */
    void forget() {
        unread = null;
        lent = null;
        buffered = null;
    }
}
