package aio.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver delivers what happens to a stream. After {@link #endOfStream} no more bytes follow; after
 * {@link #failed} nothing follows but, inside {@link StreamPort#release}, what was read before.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface StreamEvents {

    /**
     * Returns the buffer to read into, with space remaining, or null if the stream must not be read now (the loop has
     * ended it). Asked for right before each read, never kept; {@link #filled} must follow before any other event if
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
    boolean filled(ByteBuffer buffer, int count);

    /**
     * Takes bytes that were read into a buffer of the driver's own, from its position to its limit; lent for the call.
     * What is left in the buffer afterwards was not wanted, since reading was paused or ended meanwhile: the driver
     * keeps it and delivers it first when reading is resumed.
     *
     * @param bytes at least 1 byte
     * @return true if reading may go on at once, false if it was paused or ended meanwhile
     */
    boolean received(ByteBuffer bytes);

    /**
     * Takes back bytes that were read and not delivered; inside {@link StreamPort#release} only. The loop delivers them
     * before anything that the next driver reads.
     *
     * @param bytes at least 1 byte, lent for the call
     */
    void unread(ByteBuffer bytes);

    /**
     * Takes back bytes that the driver had taken for writing and that have not reached the kernel; inside
     * {@link StreamPort#release} only, and at most once. The loop writes them before anything else, and shuts the
     * sending side down again after them if it had asked for that.
     *
     * @param bytes all of them, in their order, lent for the call
     */
    void unwritten(ByteBuffer bytes);

    /** The peer sends no more. */
    void endOfStream();

    /**
     * More can be written, or the last of the bytes that waited in the driver has reached the kernel; see
     * {@link StreamPort#write(ByteBuffer[], int, int)}.
     */
    void writable();

    /**
     * The stream is broken. Also inside {@link StreamPort#release}, for a failure that was not delivered. The loop
     * releases the port soon, takes back what was read before ({@link #unread}), and reads itself what the peer had
     * sent else.
     */
    void failed(IOException cause);
}
