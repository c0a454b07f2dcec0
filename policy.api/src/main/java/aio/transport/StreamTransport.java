package aio.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The loop's side of a stream connection, as {@code asyncio.Transport}: it can read and write.
 *
 * <p>Writing never blocks and never fails: a broken connection is reported to the protocol's {@code connectionLost}.
 * {@link #abort} is followed by {@code connectionLost} with null.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise; in debug mode a call from another thread
 * throws {@link IllegalStateException}. Implemented by the loop.
 */
@ProviderType
public interface StreamTransport extends ReadTransport, WriteTransport {

    /** Returns the protocol. */
    StreamProtocol getProtocol();

    /** Replaces the protocol; {@code connectionMade} is not called on the new one. */
    void setProtocol(StreamProtocol protocol);
}
