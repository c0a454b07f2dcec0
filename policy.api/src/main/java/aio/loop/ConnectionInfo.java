package aio.loop;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of a stream connection, for people and monitors, see {@link LoopDirectory#connections}. Immutable. It is
 * taken on the loop's thread, so all values are of one instant. Any thread. asyncio has nothing like it.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface ConnectionInfo {

    /** Returns the number of the connection, which no other connection of this core has or had. */
    long id();

    /** Returns the name of the loop. */
    String loop();

    /** Returns the address of the peer; empty if the connection ended before it could be read. */
    Optional<SocketAddress> peer();

    /** Returns the address on this side; empty if it could not be read. */
    Optional<SocketAddress> local();

    /** Returns how many bytes were received; with TLS the encrypted ones. */
    long bytesReceived();

    /** Returns how many bytes were given to be sent, including those that wait; with TLS the encrypted ones. */
    long bytesSent();

    /** Returns how many bytes wait to be sent, as {@code getWriteBufferSize} of the transport. */
    long bytesQueued();

    /** Returns how long ago the connection was made. */
    Duration age();

    /** Returns the state of the connection. */
    ConnectionState state();

    /** Tells whether the protocol wants to receive: false while it has paused reading, and when it is closing. */
    boolean isReading();

    /** Returns the version of TLS, such as {@code TLSv1.3}; empty without TLS and during the handshake. */
    Optional<String> tls();

    /** Returns the class of the user's protocol. */
    String protocol();

    /** Returns the bundle of the protocol; empty outside a framework. */
    Optional<BundleId> bundle();
}
