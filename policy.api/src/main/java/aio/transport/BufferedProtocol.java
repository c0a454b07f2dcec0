package aio.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream protocol that receives into its own buffer, as {@code asyncio.BufferedProtocol}. The transport calls
 * {@link #getBuffer} before it reads, and {@link #bufferUpdated} after it; it never calls {@link #dataReceived}. An
 * exception of either method ends the connection, as one of {@code dataReceived} does.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface BufferedProtocol extends StreamProtocol {

    /**
     * Returns the buffer to receive into. It must have space remaining; null or a full buffer ends the connection.
     *
     * @param sizeHint the size that would suit, in bytes; -1 if any does
     */
    ByteBuffer getBuffer(int sizeHint);

    /**
     * The buffer was filled.
     *
     * @param count how many bytes were received; the position of the buffer was advanced by it
     */
    void bufferUpdated(int count);
}
