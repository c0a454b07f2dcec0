package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.net.FileNetwork;
import aio.core.net.Network;
import aio.core.net.datagram.DatagramNetwork;
import aio.core.net.name.Names;
import aio.core.net.raw.RawNetwork;
import aio.core.tls.TlsPeer;
import aio.loop.ConnectionOptions;
import aio.loop.DatagramOptions;
import aio.loop.LoopFuture;
import aio.loop.Networking;
import aio.loop.SendfileOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.loop.UnixConnectionOptions;
import aio.loop.UnixServerOptions;
import aio.transport.Connection;
import aio.transport.DatagramProtocol;
import aio.transport.Endpoint;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The network of a loop. Any thread. */
interface NetworkingOfLoop extends Networking {
    Kernel kernel();

    private <T> T noted(T factory) {
        return kernel().calls().noted(factory);
    }

    Network network();

    /** Returns the implementation for datagrams. */
    DatagramNetwork datagrams();

    Names names();

    /** Returns the implementation for files over transports. */
    FileNetwork files();

    /** Returns the implementation for sockets of users. */
    RawNetwork rawSockets();

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, ConnectionOptions options) {
        return network().connect(noted(protocolFactory), Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, UnixConnectionOptions options) {
        return network().connectUnix(noted(protocolFactory), Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel) {
        return network().connectOver(noted(protocolFactory), Objects.requireNonNull(channel, "channel"), null);
    }

    @Override
    default LoopFuture<Server> createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
        return network().listen(noted(protocolFactory), Objects.requireNonNull(options, "options"));
    }

    @Override
    default LoopFuture<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options) {
        return network().listenUnix(noted(protocolFactory), Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends DatagramProtocol> LoopFuture<Endpoint<P>> createDatagramEndpoint(
            Supplier<P> protocolFactory, DatagramOptions options) {
        return datagrams().open(noted(protocolFactory), options);
    }

    @Override
    default LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsOptions options, ByteBuffer received) {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(options, "options");
        return network().startTls(transport, noted(protocol), TlsPeer.of(options), received);
    }

    @Override
    default <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel, TlsOptions options) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(options, "options");
        return network().connectOver(noted(protocolFactory), channel, TlsPeer.client(options));
    }

    @Override
    default LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port) {
        return names().getaddrinfo(Objects.requireNonNull(host, "host"), port, null);
    }

    @Override
    default LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port, ProtocolFamily family) {
        return names().getaddrinfo(Objects.requireNonNull(host, "host"), port, Names.checked(family));
    }

    @Override
    default LoopFuture<NameInfo> getnameinfo(InetSocketAddress address, Set<NameFlag> flags) {
        return names().getnameinfo(Objects.requireNonNull(address, "address"), flags);
    }

    @Override
    default LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file, SendfileOptions options) {
        return files().send(transport, file, options);
    }

    @Override
    default LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file, SendfileOptions options) {
        return rawSockets().sendfile(channel, file, options);
    }
}
