package aio.loop;

import aio.protocol.DatagramProtocol;
import aio.transport.Endpoint;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Datagram endpoints. Failures arrive in the future, as the {@link java.io.IOException} of the cause with the address
 * in its message. Cancelling the future gives the attempt up and closes its socket.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 */
@ProviderType
public interface Datagrams {

    /**
     * Opens a datagram endpoint, as {@code create_datagram_endpoint}. In this order: the socket, the factory,
     * {@code connectionMade}, receiving starts, the future is done.
     *
     * @throws IllegalArgumentException if the options contradict each other; in the future, if local and remote address
     *     have no family in common
     * @throws UnsupportedOperationException if the driver does not serve datagrams, see {@link EventLoop#supports}
     */
    <P extends DatagramProtocol> LoopFuture<Endpoint<P>> createDatagramEndpoint(
            Supplier<P> protocolFactory, DatagramOptions options);
}
