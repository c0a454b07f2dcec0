package aio.transport;

import aio.transport.WriteTransport.WriteBufferLimits;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The loop's side of a datagram endpoint, as {@code asyncio.DatagramTransport}.
 *
 * <p>Sending never blocks. If a datagram cannot be sent, the protocol's {@code errorReceived} is called, and the
 * endpoint stays open.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise; in debug mode a call from another thread
 * throws {@link IllegalStateException}. Implemented by the loop.
 */
@ProviderType
public interface DatagramTransport extends BaseTransport {

    /**
     * Sends the bytes between position and limit as one datagram, which may be empty. The bytes are taken before the
     * method returns, the position is advanced to the limit, and the buffer is the caller's again. Ignored after the
     * end of the endpoint.
     *
     * <p>Differs from asyncio: on a connected endpoint the JVM cannot send an empty datagram; {@code errorReceived} is
     * called.
     *
     * @param address the target; null for the remote address of the endpoint. A host that is not resolved is not looked
     *     up: {@code errorReceived} is called with an {@link java.net.UnknownHostException}
     * @throws IllegalArgumentException if the endpoint has a remote address and this is another one, or if it has none
     *     and this is null
     */
    void sendTo(ByteBuffer data, @Nullable SocketAddress address);

    /** Sends to the remote address of the endpoint, see {@link #sendTo(ByteBuffer, SocketAddress)}. */
    default void sendTo(ByteBuffer data) {
        sendTo(data, null);
    }

    /** Closes at once: what is buffered is dropped, and {@code connectionLost} is called with null. Idempotent. */
    void abort();

    /** Returns the protocol. */
    DatagramProtocol getProtocol();

    /** Replaces the protocol; {@code connectionMade} of the new one is not called. */
    void setProtocol(DatagramProtocol protocol);

    /** Returns the size of the write buffer in bytes: the datagrams that wait, and 8 bytes more for each. */
    long getWriteBufferSize();

    /** Returns the marks at which the protocol is paused and resumed. */
    WriteBufferLimits getWriteBufferLimits();

    /**
     * Sets both marks, in bytes; takes effect at once.
     *
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(long low, long high);

    /** Sets the high mark in bytes, and the low one to a quarter of it. */
    default void setWriteBufferLimits(long high) {
        setWriteBufferLimits(high / 4, high);
    }
}
