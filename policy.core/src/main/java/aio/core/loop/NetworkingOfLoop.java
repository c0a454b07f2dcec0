package aio.core.loop;

import aio.core.net.Network;
import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.Networking;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.UnixConnectionOptions;
import aio.loop.UnixServerOptions;
import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.Supplier;

/** The stream connections and servers of a loop. */
interface NetworkingOfLoop extends Networking {
    Network network();

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, ConnectionOptions options) {
        return network().connect(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, UnixConnectionOptions options) {
        return network().connectUnix(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel) {
        return network().connectOver(protocolFactory, Objects.requireNonNull(channel, "channel"), null);
    }

    @Override
    default LoopFuture<Server> createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
        return network().listen(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    default LoopFuture<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options) {
        return network().listenUnix(protocolFactory, Objects.requireNonNull(options, "options"));
    }
}
