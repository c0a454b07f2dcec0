package aio.loop;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that watches channels of the user, or operates on them, without a transport.
 *
 * <p><b>Watching descriptors</b> ({@code add_reader} and its siblings). A descriptor is a non-blocking
 * {@link SelectableChannel} with one reader and one writer at most. Readiness is level-triggered: while there is
 * something to read, the reader is called once in every turn.
 *
 * <p>These methods throw {@link IllegalStateException} for a channel that an open transport or server owns, and {@link
 * IllegalArgumentException} for one that cannot be watched (closed, blocking, or of a kind without that readiness).
 *
 * <p>Thread safety: the thread of the loop.
 *
 * <p><b>Raw sockets</b> ({@code sock_recv} and its siblings). The sockets stay the user's. An operation is tried at
 * once; if the kernel is not ready, it is tried again when it is. Operations of one direction on one socket are carried
 * out in the order of their calls.
 *
 * <p>Cancelling a future leaves the socket usable, and the next operation finds it as if the cancelled one had never
 * been asked for; but a part of a {@link #sockSendall} may have been sent. An exchange of the loop's driver does not
 * disturb operations in progress.
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

    // ---- watching descriptors

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
     * Receives bytes, as {@code sock_recv}, as soon as there are any.
     *
     * @param maxBytes how many bytes at most, at least 1
     * @return the bytes; an empty array at the end of the stream
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
     * Connects, as {@code sock_connect}. A host that is not resolved is looked up first. The message of a failure names
     * the address. Differs from asyncio: the JDK closes a channel that could not be connected.
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
