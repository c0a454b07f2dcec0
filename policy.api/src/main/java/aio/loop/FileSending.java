package aio.loop;

import aio.transport.StreamTransport;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sending files. A file that shrinks meanwhile ends the operation with the bytes that were sent; of those that were cut
 * off while the kernel was sending them without copying, zeros may arrive. The position of the
 * file is moved behind what was sent, also after a failure or when cancelled.
 *
 * <p>Thread safety: any thread.
 */
@ProviderType
public interface FileSending {

    /** Sends a whole file, see {@link #sendfile(StreamTransport, FileChannel, SendfileOptions)}. */
    default LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file) {
        return sendfile(transport, file, SendfileOptions.whole());
    }

    /**
     * Sends a file over a transport, as {@code sendfile}: behind what was written before, without copying if driver and
     * transport can (those of TLS cannot), else read on a thread of the core. Receiving is paused meanwhile, and
     * writing is refused with {@link IllegalStateException} while the file is sent without copying. Closing the
     * transport lets the file be sent first. An exchange of the loop's driver leaves the operation in progress.
     *
     * <p>Fails with {@link IllegalStateException} if the transport is closing, sends a file already, or
     * ({@link SendfileNotAvailableException}) could only fall back and must not.
     *
     * @return how many bytes were sent
     * @throws IllegalArgumentException if the transport belongs to another loop
     */
    LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file, SendfileOptions options);

    /** Sends a whole file, see {@link #sockSendfile(SocketChannel, FileChannel, SendfileOptions)}. */
    default LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file) {
        return sockSendfile(channel, file, SendfileOptions.whole());
    }

    /**
     * Sends a file over a socket of the user's, as {@code sock_sendfile}; the rules of {@link RawSockets} hold. The JVM
     * finds the best way itself, so the fallback is never needed.
     *
     * @return how many bytes were sent
     */
    LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file, SendfileOptions options);
}
