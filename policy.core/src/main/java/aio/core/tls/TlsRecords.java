package aio.core.tls;

import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The engine of one connection, between the bytes that were received and those that are sent. What is written is
 * encrypted at once, so that it is sent even if the peer ends TLS before; what is received is copied only while it is
 * part of a record, or not wanted yet. Loop thread.
 */
final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final TlsBuffers buffers;
    private ByteBuffer received = NOTHING;
    private boolean shared;
    private ByteBuffer lent = NOTHING;
    private ByteBuffer plain = NOTHING;
    private boolean handshakeFinished;

    TlsRecords(SSLEngine engine, TlsBuffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    TlsBuffers buffers() {
        return buffers;
    }

    HandshakeStatus status() {
        return engine.getHandshakeStatus();
    }

    /** Tells, once, whether the handshake has ended. */
    boolean takeHandshakeFinished() {
        boolean finished = handshakeFinished;
        handshakeFinished = false;
        return finished;
    }

    private void note(SSLEngineResult result) {
        handshakeFinished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    // ---- receiving

    /** Takes bytes that were received before. */
    void given(ByteBuffer bytes) {
        received = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /** Returns the buffer to receive into, positioned after what waits already. */
    ByteBuffer receiveBuffer() {
        lent = buffers.input(received.remaining()).put(received.duplicate());
        return lent;
    }

    /** Notes that bytes were received; they are worked on in place until {@link #keep}. */
    void filled() {
        received = lent.flip();
        shared = true;
        lent = NOTHING;
    }

    boolean hasReceived() {
        return received.hasRemaining();
    }

    /** Copies what is left, so that the buffers are free for others. */
    void keep() {
        plain = NOTHING;
        if (!received.hasRemaining()) {
            received = NOTHING;
        } else if (shared) {
            received = ByteBuffer.allocate(received.remaining()).put(received).flip();
        }
        shared = false;
    }

    void drop() {
        received = NOTHING;
        shared = false;
        plain = NOTHING;
    }

    /** Decrypts one record, and appends it to what is decrypted already. */
    Status unwrap() throws SSLException {
        if (plain == NOTHING) {
            plain = buffers.plain(engine);
        }
        SSLEngineResult result = engine.unwrap(received, plain);
        note(result);
        boolean idle = result.getStatus() == Status.OK && result.bytesConsumed() == 0 && result.bytesProduced() == 0;
        return idle ? Status.BUFFER_UNDERFLOW : result.getStatus();
    }

    /** Makes room for a record that did not fit. */
    void enlargePlain() throws SSLException {
        ByteBuffer larger = buffers.plain(engine);
        if (larger == plain) {
            throw new SSLException("a record is larger than the " + plain.capacity()
                    + " bytes that the session allows");
        }
        plain = larger;
    }

    /** Tells whether something is decrypted. */
    boolean hasPlain() {
        return plain.position() > 0;
    }

    /** Returns what is decrypted; {@link #plainTaken} must follow. */
    ByteBuffer plain() {
        return plain.flip();
    }

    void plainTaken() {
        plain.clear();
    }

    // ---- sending

    /** Encrypts and sends all of it; what comes after the end of TLS is ignored. */
    void send(List<ByteBuffer> data, StreamTransport lower) throws SSLException {
        ByteBuffer packets = buffers.packets(engine);
        boolean taken = true;
        for (ByteBuffer each : data) {
            while (taken && each.hasRemaining()) {
                if (packets.remaining() < engine.getSession().getPacketBufferSize()) {
                    lower.write(packets.flip());
                    packets = buffers.packets(engine);
                }
                SSLEngineResult result = engine.wrap(each, packets);
                note(result);
                taken = result.getStatus() != Status.CLOSED;
                if (taken && result.bytesProduced() == 0) {
                    throw new SSLException("nothing can be encrypted: the engine returned " + result);
                }
            }
        }
        if (packets.flip().hasRemaining()) {
            lower.write(packets);
        }
    }

    /** Sends what the engine itself has to send; returns false if it has nothing. */
    boolean sendOwn(StreamTransport lower) throws SSLException {
        ByteBuffer packets = buffers.packets(engine);
        boolean more = true;
        while (more && packets.remaining() >= engine.getSession().getPacketBufferSize()) {
            SSLEngineResult result = engine.wrap(NOTHING.duplicate(), packets);
            note(result);
            more = result.getStatus() == Status.OK && result.bytesProduced() > 0
                    && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
        boolean something = packets.flip().hasRemaining();
        if (something) {
            lower.write(packets);
        }
        return something;
    }

    /** Sends the end of TLS, or the alert that tells the peer why TLS has failed. */
    void sendEnd(StreamTransport lower) throws SSLException {
        engine.closeOutbound();
        boolean more = true;
        while (more && !engine.isOutboundDone()) {
            more = sendOwn(lower);
        }
    }

    /** Runs the tasks that the engine must not run on the loop's thread. Any thread, one at a time. */
    void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
