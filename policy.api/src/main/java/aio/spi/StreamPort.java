package aio.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connected stream that a driver serves.
 *
 * <p>{@link #release} must not lose bytes, and must not wait. Inside it (the exception to "events in dispatch only")
 * the driver hands back by {@link StreamEvents#unread} what it has read and not delivered, and by {@link
 * StreamEvents#unwritten} what it has taken for writing and not written. If {@code release} is called inside an event,
 * the driver hands back what that event leaves right after it.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface StreamPort extends Port {

    /** Returned by {@link #transferFrom} if the driver cannot send files without copying. */
    long UNSUPPORTED = -1;

    /** Starts to deliver what arrives, or continues. Idempotent. No effect after end of stream or failure. */
    void resumeReading();

    /** Stops delivering: no {@code filled}, {@code received} or {@code endOfStream} until resumed. Idempotent. */
    void pauseReading();

    /**
     * Writes as much as can be taken now. The positions of the buffers advance by what was taken; the driver keeps no
     * buffer. If something remains, {@link StreamEvents#writable} is delivered once, when more can be taken. A driver
     * may take a bounded number of bytes more than the kernel does, see {@link #unwritten}. Then {@code writable} is
     * also delivered when the last of these bytes has reached the kernel, and {@link StreamEvents#failed} if one does
     * not.
     *
     * <p>The loop looks at {@link #unwritten} right after a write. If it is 0, all bytes that were taken count as
     * written, and no event follows: a {@code writable} for each small write would wake the loop for nothing. If it is
     * not 0, the loop waits for the {@code writable} that says that all is written. A driver can do one of three
     * things:
     *
     * <ul>
     * <li>It writes at once, and takes what the kernel takes.
     * <li>It gives all bytes of one turn to the kernel together, with the next poll. They count as written. Bytes for
     * which the kernel then has no room count as unwritten from there on.
     * <li>It posts the bytes from a buffer of its own and learns later that they were sent, as completion engines do.
     * Posted bytes count as unwritten, also those of a small write, until {@code writable} is delivered for their
     * completion; one {@code writable} for all that was posted is enough. The driver need not copy or wait to hide
     * this.
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
     * Returns how many of the bytes taken have not reached the kernel; bytes that go there with the next poll do not
     * count, see {@link #write(ByteBuffer[], int, int)}. It shrinks in {@code flush}, {@code poll} and {@code dispatch}
     * only. When it becomes 0 again, {@link StreamEvents#writable} is delivered.
     */
    default long unwritten() {
        return 0;
    }

    /**
     * Gives to the kernel now what would go there with the next poll, as far as it has room. The loop calls this before
     * it ends a stream; {@link #unwritten} then tells whether the end has to wait.
     *
     * @throws IOException if the stream is broken
     */
    default void flush() throws IOException {}

    /**
     * Writes bytes of a file as {@link #write(ByteBuffer)} writes those of a buffer, without copying them. If fewer
     * bytes were taken than asked for, and the file does not end there, {@link StreamEvents#writable} is delivered
     * once, when more can be taken.
     *
     * @param position where to begin in the file; the position of the channel does not change
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
