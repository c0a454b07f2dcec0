package aio.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The loop's side of a stream connection, as {@code asyncio.Transport}: it can read and write.
 *
 * <p>Writing never blocks and never fails: if the connection breaks, the protocol's {@code connectionLost} is called.
 * {@link #abort} is followed by {@code connectionLost} with null.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise; in debug mode a call from another thread
 * throws {@link IllegalStateException}. Implemented by the loop.
 */
@ProviderType
public interface StreamTransport extends ReadTransport, WriteTransport {

    /** Returns the protocol. */
    StreamProtocol getProtocol();

    /** Replaces the protocol; {@code connectionMade} of the new one is not called. */
    void setProtocol(StreamProtocol protocol);
}
