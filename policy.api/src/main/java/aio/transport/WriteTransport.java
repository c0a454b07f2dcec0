package aio.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The sending side of a connection or pipe, as {@code asyncio.WriteTransport}.
 *
 * <p>Writing never blocks and never fails: if the connection breaks, the protocol's {@code connectionLost} is called.
 * Writes after that are ignored; from the fifth on each is logged.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise. Implemented by the loop.
 */
@ProviderType
public interface WriteTransport extends BaseTransport {

    /**
     * Writes all bytes between position and limit. They are taken before the method returns (what the kernel does not
     * accept at once is copied), the position is advanced to the limit, and the buffer is the caller's again.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    void write(ByteBuffer data);

    /** Writes all bytes of an array, see {@link #write(ByteBuffer)}. */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /** Writes several buffers as one, see {@link #write(ByteBuffer)}. */
    void writelines(Iterable<ByteBuffer> data);

    /**
     * Closes the sending side after what is buffered; receiving continues. Idempotent; no effect when closing.
     *
     * @throws UnsupportedOperationException if {@link #canWriteEof} is false
     */
    void writeEof();

    /** Tells whether {@link #writeEof} is possible. */
    boolean canWriteEof();

    /** Closes at once: what is buffered is dropped, and {@code connectionLost} is called with null. Idempotent. */
    void abort();

    /** Returns the size of the write buffer in bytes. */
    long getWriteBufferSize();

    /** Returns the marks at which the protocol is paused and resumed. */
    WriteBufferLimits getWriteBufferLimits();

    /**
     * Sets both marks, in bytes; takes effect at once. {@code pauseWriting} comes when the buffer is larger than
     * {@code high}, {@code resumeWriting} when it is not larger than {@code low}.
     *
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(long low, long high);

    /** Sets the high mark in bytes, and the low one to a quarter of it. */
    default void setWriteBufferLimits(long high) {
        setWriteBufferLimits(high / 4, high);
    }

    /**
     * The marks of a write buffer.
     *
     * @param low in bytes, 16384 unless set
     * @param high in bytes, 65536 unless set
     */
    record WriteBufferLimits(long low, long high) {}
}
