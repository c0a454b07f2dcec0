package aio.loop;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of a stream connection, for people and monitors, see {@link LoopDirectory#connections}. Immutable; all of
 * it is of one instant, for the loop's own thread has looked. Any thread. asyncio has nothing like it.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface ConnectionInfo {

    /** Returns what names the connection: a number that no other connection of this core has, or had. */
    long id();

    /** Returns the name of the loop. */
    String loop();

    /** Returns the address of the peer; empty if it was gone before it was asked for. */
    Optional<SocketAddress> peer();

    /** Returns the address on this side; empty if it could not be asked for. */
    Optional<SocketAddress> local();

    /** Returns how many bytes were received; with TLS the encrypted ones. */
    long bytesReceived();

    /** Returns how many bytes were given to be sent, with those that wait; with TLS the encrypted ones. */
    long bytesSent();

    /** Returns how many bytes wait to be sent, as {@code getWriteBufferSize} of the transport. */
    long bytesQueued();

    /** Returns how long ago the connection was made. */
    Duration age();

    /** Returns where it is in its life. */
    ConnectionState state();

    /** Tells whether the protocol wants to receive: false while it has paused reading, and when it is closing. */
    boolean isReading();

    /** Returns the version of TLS, such as {@code TLSv1.3}; empty without TLS, and while that is being agreed. */
    Optional<String> tls();

    /** Returns the class of the user's protocol. */
    String protocol();

    /** Returns the bundle of the protocol; empty outside a framework. */
    Optional<BundleId> bundle();
}
