package aio.loop;

import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Connections and servers. Failures arrive in the future, as the {@link java.io.IOException} of the cause with the
 * address in its message. Cancelling the future gives the attempt up and closes its socket.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 */
@ProviderType
public interface Networking {

    /** Connects to a TCP server, as {@code create_connection(factory, host, port)}. */
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, String host, int port) {
        return createConnection(protocolFactory, ConnectionOptions.to(host, port));
    }

    /**
     * Connects a stream, as {@code create_connection}. In this order: connect, the factory, {@code connectionMade},
     * reading starts, the future is done.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, ConnectionOptions options);

    /** Connects to a Unix domain socket, as {@code create_unix_connection(factory, path)}. */
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, Path path) {
        return createUnixConnection(protocolFactory, UnixConnectionOptions.to(path));
    }

    /**
     * Connects to a Unix domain socket, as {@code create_unix_connection}.
     *
     * @throws IllegalArgumentException if the channel that is given is not connected
     */
    <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, UnixConnectionOptions options);

    /**
     * Serves a socket that was accepted elsewhere, as {@code connect_accepted_socket}. The loop owns it from now on.
     *
     * @throws IllegalArgumentException if the channel is not connected
     */
    <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel);

    /** Listens on a TCP port and serves, as {@code create_server(factory, host, port)}; port 0 takes a free one. */
    default LoopFuture<Server> createServer(Supplier<? extends StreamProtocol> protocolFactory, String host, int port) {
        return createServer(protocolFactory, ServerOptions.at(host, port));
    }

    /**
     * Listens and serves, as {@code create_server}.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    LoopFuture<Server> createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options);

    /**
     * Listens on a Unix domain socket, as {@code create_unix_server}. A stale socket is replaced, any other file is
     * not: a named pipe or a device neither. The file is removed when the server closes, unless another one has taken
     * its place.
     */
    default LoopFuture<Server> createUnixServer(Supplier<? extends StreamProtocol> protocolFactory, Path path) {
        return createUnixServer(protocolFactory, UnixServerOptions.at(path));
    }

    /**
     * Listens on a Unix domain socket and serves, as {@code create_unix_server}.
     *
     * @throws IllegalArgumentException if the channel that is given is not bound to a path
     */
    LoopFuture<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options);
}
