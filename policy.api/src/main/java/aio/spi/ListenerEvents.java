package aio.spi;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives accepted connections from a driver.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface ListenerEvents {

    /**
     * Takes over a connection; the channel is as the kernel gave it, in blocking mode. Also inside
     * {@link ListenerPort#release}, for a connection that was accepted and not delivered.
     */
    void accepted(SocketChannel channel);

    /** Accepting failed; the socket is still listening. */
    void failed(IOException cause);
}
