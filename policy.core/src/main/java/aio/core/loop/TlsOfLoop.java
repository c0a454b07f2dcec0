package aio.core.loop;

import aio.core.net.Network;
import aio.core.tls.TlsPeer;
import aio.loop.LoopFuture;
import aio.loop.Tls;
import aio.loop.TlsOptions;
import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.Supplier;

/** The loop's side of {@link Tls}. Any thread. */
interface TlsOfLoop extends Tls {
    Network network();

    @Override
    default LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsOptions options, ByteBuffer received) {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(options, "options");
        return network().startTls(transport, protocol, TlsPeer.of(options), received);
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel, TlsOptions options) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(options, "options");
        return network().connectOver(protocolFactory, channel, TlsPeer.client(options));
    }
}
