package aio.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives from a driver what happens to a stream. After {@link #endOfStream} no bytes follow. After {@link #failed} no
 * event follows, except that {@link StreamPort#release} hands back what was read before.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface StreamEvents {

    /**
     * Returns the buffer to read into, with space remaining, or null if the stream must not be read now (the loop has
     * ended it). The driver calls this right before each read, and must not keep the buffer. If it has read bytes into
     * it, it must call {@link #filled} before any other event.
     */
    @Nullable ByteBuffer receiveBuffer();

    /**
     * Takes bytes that were read into the buffer of {@link #receiveBuffer}; its position was advanced by {@code count}.
     *
     * @param count how many bytes, at least 1
     * @return true if the driver may read more at once, false if reading was paused or ended meanwhile
     */
    boolean filled(ByteBuffer buffer, int count);

    /**
     * Takes bytes that were read into a buffer of the driver's own, from its position to its limit; lent for the call.
     * If bytes are left in the buffer afterwards, reading was paused or ended meanwhile: the driver keeps them, and
     * delivers them first when reading is resumed.
     *
     * @param bytes at least 1 byte
     * @return true if the driver may read more at once, false if reading was paused or ended meanwhile
     */
    boolean received(ByteBuffer bytes);

    /**
     * Takes back bytes that were read and not delivered. Only inside {@link StreamPort#release}. The loop delivers them
     * before anything that the next driver reads.
     *
     * @param bytes at least 1 byte, lent for the call
     */
    void unread(ByteBuffer bytes);

    /**
     * Takes back bytes that the driver had taken for writing and that have not reached the kernel. Only inside
     * {@link StreamPort#release}, and at most once. The loop writes them before anything else. If it had shut the
     * sending side down, it does so again after them.
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
     * The stream is broken. Also inside {@link StreamPort#release}, for a failure that was not delivered. The loop then
     * releases the port soon, takes back what the driver had read ({@link #unread}), and itself reads the bytes that
     * the peer had sent and the driver had not read.
     */
    void failed(IOException cause);
}
