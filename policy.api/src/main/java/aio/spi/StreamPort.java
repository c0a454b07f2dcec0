package aio.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connected stream in the hands of a driver.
 *
 * <p>{@link #release} must not lose bytes, nor wait: what the driver has read and not yet delivered goes back by
 * {@link StreamEvents#unread}, what it has taken for writing and not yet written by {@link StreamEvents#unwritten},
 * both inside {@code release} (the exception to "events in dispatch only"). If {@code release} is called inside an
 * event, what that event leaves goes back right after it.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface StreamPort extends Port {

    /** Answer of {@link #transferFrom}: files must be read and written. */
    long UNSUPPORTED = -1;

    /** Starts to deliver what arrives, or continues. Idempotent. No effect after end of stream or failure. */
    void resumeReading();

    /** Stops delivering: no {@code filled}, {@code received} or {@code endOfStream} until resumed. Idempotent. */
    void pauseReading();

    /**
     * Writes as much as can be taken now. The positions of the buffers advance by what was taken; a buffer is not kept.
     * If something remains, {@link StreamEvents#writable} is delivered once, when more can be taken. A driver may take
     * a bounded number of bytes more than the kernel does, see {@link #unwritten}: then {@code writable} is also
     * delivered when the last of them has reached the kernel, and {@link StreamEvents#failed} if it does not.
     *
     * <p>So {@link #unwritten} right after a write decides. If it is 0, all that was taken counts as written: nothing
     * is told, since a {@code writable} for each small write would wake the loop for nothing. If it is not, the loop
     * waits for the {@code writable} by which all is written. There are three ways to keep that:
     *
     * <ul>
     * <li>The driver writes at once, and takes what the kernel takes.
     * <li>It lets all that is written in one turn go to the kernel together, with the next poll. That counts as
     * written. What the kernel then has no room for counts as unwritten from there on.
     * <li>It posts the bytes from a buffer of its own and learns later that they were sent, as completion engines do.
     * What is posted counts as unwritten, also a small write, until its completion is delivered as {@code writable};
     * one for all that is posted is enough. Nothing has to be copied to hide that, nor to be waited for.
     * </ul>
     *
     * @param buffers the buffers, {@code count} of them from {@code offset}
     * @return how many bytes were taken, 0 if none
     * @throws IOException if the stream is broken
     */
    long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

    /**
     * Writes from one buffer, as {@link #write(ByteBuffer[], int, int)} does.
     *
     * @return how many bytes were taken, 0 if none
     * @throws IOException if the stream is broken
     */
    int write(ByteBuffer buffer) throws IOException;

    /**
     * Returns how many of the bytes taken have not reached the kernel, without those that go there with the next poll,
     * see {@link #write(ByteBuffer[], int, int)}. It shrinks in {@code flush}, {@code poll} and {@code dispatch} only,
     * and after it was not 0, {@link StreamEvents#writable} tells that it is 0 again.
     */
    default long unwritten() {
        return 0;
    }

    /**
     * Gives to the kernel now what would go there with the next poll, as far as it has room. The loop does that
     * before it ends a stream, so that {@link #unwritten} tells whether that has to wait.
     *
     * @throws IOException if the stream is broken
     */
    default void flush() throws IOException {}

    /**
     * Writes bytes of a file as {@link #write(ByteBuffer)} writes those of a buffer, without copying them. If fewer
     * were taken than asked for, and the file does not end there, {@link StreamEvents#writable} is delivered once, when
     * more can be taken.
     *
     * @param position where to begin in the file, whose own position is left alone
     * @param count how many bytes, at least 1
     * @return how many bytes were taken, 0 if none or if the file ends before {@code position}, or {@link #UNSUPPORTED}
     * @throws IOException if the stream is broken or the file cannot be read
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return UNSUPPORTED;
    }

    /**
     * Shuts down the sending side after all bytes taken so far.
     *
     * @throws IOException if the stream is broken
     */
    void shutdownOutput() throws IOException;
}
