package aio.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver delivers what happens to a stream. After {@link #endOfStream} no more bytes follow; after
 * {@link #failed} nothing follows.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface StreamEvents {

    /**
     * Returns the buffer to read into, with space remaining, or null if the stream must not be read now (the loop has
     * ended it). Asked for right before each read, never kept; {@link #received} must follow before any other event if
     * bytes were read into it.
     */
    @Nullable ByteBuffer receiveBuffer();

    /**
     * Takes bytes that were read into the buffer answered by {@link #receiveBuffer}: its position was advanced by
     * {@code count}.
     *
     * @param count how many bytes, at least 1
     * @return true if reading may go on at once, false if it was paused or ended meanwhile
     */
    boolean received(ByteBuffer buffer, int count);

    /** The peer sends no more. */
    void endOfStream();

    /** More can be written, see {@link StreamPort#write(ByteBuffer[], int, int)}. */
    void writable();

    /** The stream is broken. */
    void failed(IOException cause);
}
