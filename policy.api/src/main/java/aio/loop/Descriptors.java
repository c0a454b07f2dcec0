package aio.loop;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Channels of the user that a loop watches or operates on, without a transport.
 *
 * <p><b>Descriptors.</b> Watching descriptors for readiness, level-triggered: as long as there is something to read,
 * the reader is called once in every turn. A descriptor is a non-blocking {@link SelectableChannel}. There is one
 * reader and one writer for each.
 *
 * <p>All methods throw {@link IllegalStateException} for a channel that an open transport or server owns, and {@link
 * IllegalArgumentException} for one that cannot be watched (closed, blocking, or of a kind without that readiness).
 *
 * <p>Thread safety: the thread of the loop. Asyncio: {@code add_reader} and its siblings.
 *
 * <p><b>Raw sockets.</b> Operations on sockets that stay the user's: asyncio's {@code sock_recv} and its siblings.
 * Each is tried at once and, if the kernel is not ready, again when it is. Operations of one direction on one socket
 * are done in the order of their calls.
 *
 * <p>Cancelling a future leaves the socket usable: nothing is read, accepted or sent any more for it, and what the
 * next operation finds is as if it had not been there (of a {@link #sockSendall} a part may have been sent). An
 * exchange of the loop's driver leaves operations in progress.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a channel in blocking mode (asyncio checks that in debug
 * mode only) and {@link UnsupportedOperationException} if the driver does not serve raw sockets, see {@link
 * EventLoop#supports}. I/O errors arrive in the future; so does {@link IllegalStateException} for a channel that a
 * transport or server of the loop owns or that is watched with {@link Descriptors#addReader}.
 *
 * <p>Thread safety: any thread. Buffers belong to the loop until the future is done.
 */
@ProviderType
public interface Descriptors {

    // ---- descriptors

    /**
     * Calls {@code callback} whenever the channel can be read; replaces an earlier reader.
     *
     * @throws UnsupportedOperationException if the driver does not watch descriptors, see {@link EventLoop#supports}
     * @throws LoopClosedException if the loop is closed
     */
    void addReader(SelectableChannel channel, Runnable callback);

    /** Removes the reader; returns whether there was one. */
    boolean removeReader(SelectableChannel channel);

    /**
     * Calls {@code callback} whenever the channel can be written; replaces an earlier writer.
     *
     * @throws UnsupportedOperationException if the driver does not watch descriptors, see {@link EventLoop#supports}
     * @throws LoopClosedException if the loop is closed
     */
    void addWriter(SelectableChannel channel, Runnable callback);

    /** Removes the writer; returns whether there was one. */
    boolean removeWriter(SelectableChannel channel);

    // ---- raw sockets

    /**
     * Receives what there is, as {@code sock_recv}.
     *
     * @param maxBytes at most that many bytes, at least 1
     * @return the bytes; none at the end of the stream
     */
    LoopFuture<byte[]> sockRecv(SocketChannel channel, int maxBytes);

    /**
     * Receives into a buffer, as {@code sock_recv_into}; its position is advanced.
     *
     * @return how many bytes; 0 at the end of the stream or if the buffer has no space
     */
    LoopFuture<Integer> sockRecvInto(SocketChannel channel, ByteBuffer buffer);

    /**
     * Receives a datagram, as {@code sock_recvfrom}.
     *
     * @param maxBytes the rest of a datagram that is larger is lost
     */
    LoopFuture<ReceivedDatagram> sockRecvfrom(DatagramChannel channel, int maxBytes);

    /** Receives a datagram into a buffer, see {@link #sockRecvfromInto(DatagramChannel, ByteBuffer, int)}. */
    default LoopFuture<ReceivedInto> sockRecvfromInto(DatagramChannel channel, ByteBuffer buffer) {
        return sockRecvfromInto(channel, buffer, buffer.remaining());
    }

    /**
     * Receives a datagram into a buffer, as {@code sock_recvfrom_into}; its position is advanced.
     *
     * @param maxBytes the rest of a datagram that is larger is lost
     * @throws IllegalArgumentException if the buffer has less space than {@code maxBytes}
     */
    LoopFuture<ReceivedInto> sockRecvfromInto(DatagramChannel channel, ByteBuffer buffer, int maxBytes);

    /**
     * Sends what remains in a buffer as one datagram, as {@code sock_sendto}.
     *
     * @return how many bytes
     */
    LoopFuture<Integer> sockSendto(DatagramChannel channel, ByteBuffer data, SocketAddress address);

    /** Sends all that remains in a buffer, as {@code sock_sendall}. After a failure it is unknown how much was sent. */
    LoopFuture<Void> sockSendall(SocketChannel channel, ByteBuffer data);

    /**
     * Connects, as {@code sock_connect}; a host that is not resolved is looked up. The address is in the message of a
     * failure. Differs from asyncio: the JDK closes a channel that could not be connected.
     */
    LoopFuture<Void> sockConnect(SocketChannel channel, SocketAddress address);

    /** Accepts a connection, as {@code sock_accept}. */
    LoopFuture<Accepted> sockAccept(ServerSocketChannel channel);

    /**
     * A datagram.
     *
     * @param data what it holds
     * @param sender where it comes from
     */
    record ReceivedDatagram(byte[] data, SocketAddress sender) {}

    /**
     * A datagram in a buffer.
     *
     * @param count how many bytes
     * @param sender where it comes from
     */
    record ReceivedInto(int count, SocketAddress sender) {}

    /**
     * A connection.
     *
     * @param connection the channel, in non-blocking mode; the caller's to close
     * @param address where it comes from
     */
    record Accepted(SocketChannel connection, SocketAddress address) {}
}
