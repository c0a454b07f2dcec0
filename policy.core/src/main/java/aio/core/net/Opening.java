package aio.core.net;

import aio.core.kernel.Kernel;
import aio.core.tls.TlsConnection;
import aio.core.tls.TlsLayer;
import aio.core.tls.TlsPeer;
import aio.core.tls.TlsStarted;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Puts protocols on connected channels: plain, or with TLS in between. Loop thread. */
final class Opening {
    private final Kernel kernel;
    private final TlsLayer tls;
    private final @Nullable TlsPeer peer;

    /**
     * Makes one.
     *
     * @param peer null for plain connections
     */
    Opening(Kernel kernel, TlsLayer tls, @Nullable TlsPeer peer) {
        this.kernel = kernel;
        this.tls = tls;
        this.peer = peer;
    }

    /**
     * Begins a connection; the protocol is told soon, or when the handshake is done.
     *
     * @param whenLost called when the connection is over
     */
    StreamTransport open(SocketChannel channel, StreamProtocol protocol, TlsStarted started, Runnable whenLost)
            throws IOException {
        if (peer == null) {
            SocketTransport transport = new SocketTransport(kernel, channel, protocol, whenLost);
            kernel.seat().attach(transport);
            kernel.callSoon(() -> transport.start(() -> started.started(transport)));
            return transport;
        }
        TlsConnection secured = tls.connection(peer, protocol, started);
        SocketTransport lower = new SocketTransport(kernel, channel, secured, whenLost);
        StreamTransport transport = secured.on(lower);
        kernel.seat().attach(lower);
        kernel.callSoon(() -> lower.start(() -> {}));
        return transport;
    }
}
