package aio.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream protocol that receives into its own buffer, as {@code asyncio.BufferedProtocol}: instead of
 * {@link #dataReceived}, which is never called, {@link #getBuffer} is asked for space and {@link #bufferUpdated} told
 * how much of it was filled. An exception from either ends the connection, as from {@code dataReceived}.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@ConsumerType
public interface BufferedProtocol extends StreamProtocol {

    /**
     * Returns the buffer to receive into. It must have space remaining; an answer without is an error that ends the
     * connection.
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
