package aio.core.loop;

import aio.core.net.Network;
import aio.core.tls.TlsPeer;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.Tls;
import aio.loop.TlsOptions;
import aio.loop.UnixServerOptions;
import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The loop's side of {@link Tls}. Any thread. */
interface TlsOfLoop extends Tls {
    Network network();

    @Override
    default LoopFuture<StreamTransport> startTls(
            StreamTransport transport,
            StreamProtocol protocol,
            SSLContext context,
            TlsOptions options,
            ByteBuffer received) {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(received, "received");
        return network().startTls(transport, protocol, TlsPeer.of(checked(context), checked(options)), received);
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel, SSLContext context, TlsOptions options) {
        Objects.requireNonNull(channel, "channel");
        return network().connectOver(protocolFactory, channel, TlsPeer.client(checked(context), checked(options)));
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, Path path, SSLContext context, TlsOptions options) {
        TlsPeer peer = TlsPeer.server(checked(context), checked(options), null, -1);
        return network().connectUnix(protocolFactory, path, peer);
    }

    @Override
    default LoopFuture<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, Path path, SSLContext context, TlsOptions options) {
        return network().listenUnix(
                protocolFactory, UnixServerOptions.at(path), TlsPeer.client(checked(context), checked(options)));
    }

    private static SSLContext checked(SSLContext context) {
        return Objects.requireNonNull(context, "context");
    }

    private static TlsOptions checked(TlsOptions options) {
        return Objects.requireNonNull(options, "options");
    }
}
