package aio.loop;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that serves the network: streams, datagrams, TLS, names, files that are sent.
 *
 * <p>Thread safety: any thread, except for {@link #startTls}. Protocol factories and protocols are called on the thread
 * of the loop.
 *
 * <p><b>Connections, servers, datagrams.</b> The future fails with the {@link java.io.IOException} of the cause; its
 * message names the address. Cancelling the future gives the attempt up and closes its socket.
 *
 * <p><b>TLS.</b> Options such as {@link ConnectionOptions#withTls} make a connection or a server speak TLS from its
 * beginning. {@link #startTls} switches an open connection to TLS, and {@link #connectAcceptedSocket(Supplier,
 * SocketChannel, TlsOptions)} serves an accepted socket. All TLS connections behave as in asyncio:
 * <ul>
 * <li>{@code connectionMade} is called when the handshake is done. If the handshake fails, the protocol is not called
 *     at all; on the client's side the future fails with the {@link javax.net.ssl.SSLException}, with a {@link
 *     java.net.SocketException} if the peer has closed the connection, or with a {@link
 *     java.net.SocketTimeoutException} when the timeout has passed.
 * <li>{@code writeEof} is unsupported; if {@code eofReceived} returns true, that is ignored with a warning.
 * <li>The write buffer counts encrypted bytes; its marks are 131072 and 524288, and the protocol is paused when it is
 *     as large as the high one.
 * <li>{@code close} sends what is buffered and the end of TLS (close_notify), and waits for the peer's end of TLS until
 *     the shutdown timeout. A stream that ends without an end of TLS ends like any other; {@link
 *     aio.transport.BaseTransport#SSL_CUT} tells the difference.
 * <li>If TLS fails, {@code connectionLost} is called at once. The peer gets the alert that says why, and the end of
 *     the stream; what it still sends is dropped until its end, at most until the shutdown timeout.
 * <li>A peer that asks to renegotiate is cut off.
 * </ul>
 *
 * <p><b>Names.</b> Look-ups run on threads of the core; literal addresses are not looked up. In debug mode slow
 * look-ups are logged, see {@link Diagnostics#getSlowCallbackDuration}.
 *
 * <p>Differs from asyncio: there are no service names, for the JVM has no database of them. A result is only an
 * address, since the method that uses it decides on socket type and protocol.
 *
 * <p><b>Files.</b> If a file shrinks while it is sent, the operation ends with the bytes that were sent; zeros may
 * arrive for bytes that were cut off while the kernel was sending them without copying. Afterwards the position of the
 * file is the end of what was sent, also after a failure or a cancellation.
 */
@ProviderType
public interface Networking {

    // ---- connections and servers

    /** Connects to a TCP server, as {@code create_connection(factory, host, port)}. */
    default <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, String host, int port) {
        return createConnection(protocolFactory, ConnectionOptions.to(host, port));
    }

    /**
     * Connects a stream, as {@code create_connection}. This happens in order: the socket is connected, the factory is
     * called, {@code connectionMade} is called, reading starts, the future is done.
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

    // ---- datagrams

    /**
     * Opens a datagram endpoint, as {@code create_datagram_endpoint}. This happens in order: the socket is opened, the
     * factory is called, {@code connectionMade} is called, receiving starts, the future is done.
     *
     * @throws IllegalArgumentException if the options contradict each other; the future fails with one if local and
     *     remote address have no family in common
     * @throws UnsupportedOperationException if the driver does not serve datagrams, see {@link EventLoop#supports}
     */
    <P extends DatagramProtocol> LoopFuture<Endpoint<P>> createDatagramEndpoint(
            Supplier<P> protocolFactory, DatagramOptions options);

    // ---- TLS

    /**
     * Switches an open connection to TLS, as {@code start_tls}. The result is the transport to use from then on; the
     * given one must not be used any more. {@code connectionMade} is not called again. Decrypted bytes are delivered
     * after the callbacks of the future. If the handshake fails, the connection is closed, and {@code connectionLost}
     * of the given protocol is called with the cause. On a transport that is closing the future fails with {@link
     * IllegalStateException}.
     *
     * <p>Call it on the thread of the loop, in the callback that has received the last plain bytes: the transport stops
     * reading before the method returns, so that no encrypted byte is taken for a plain one.
     *
     * @param transport a socket transport of this loop, or a TLS one
     * @param protocol receives the decrypted bytes; often the protocol that the transport has
     * @param options which side this is; a client's need a server hostname, empty to check none
     * @throws IllegalArgumentException if the transport is not one of this loop's that can do it, or a client's options
     *     have no server hostname
     */
    default LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsOptions options) {
        return startTls(transport, protocol, options, ByteBuffer.allocate(0));
    }

    /**
     * Switches to TLS when its first bytes were received already: a peer may send its hello right after the last plain
     * bytes, in one segment. asyncio has no way to pass that on. Otherwise as
     * {@link #startTls(StreamTransport, StreamProtocol, TlsOptions)}.
     *
     * <p>Pass only bytes that belong to the handshake. Never treat bytes after the last plain command as plain text: an
     * attacker in between could have put them there.
     *
     * @param received the bytes after the last plain one; the position is advanced to the limit, and the buffer is the
     *     caller's again when the method returns
     */
    LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsOptions options, ByteBuffer received);

    /**
     * Serves a socket that was accepted elsewhere over TLS, as {@code connect_accepted_socket} with {@code ssl}. The
     * loop owns the socket from now on.
     *
     * @throws IllegalArgumentException if the channel is not connected, or the options are a client's
     */
    <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel, TlsOptions options);

    // ---- names

    /**
     * Finds the addresses of a host, best first, as {@code getaddrinfo}. If a name does not resolve, the future fails
     * with {@link java.net.UnknownHostException}.
     *
     * @param host a name or a literal address; the empty text means all interfaces: the wildcard address of each family
     *     that this system has
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     * @throws LoopClosedException if the loop is closed
     */
    LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port);

    /**
     * Finds the addresses of one family.
     *
     * @param family {@code StandardProtocolFamily.INET} or {@code INET6}
     * @throws IllegalArgumentException if the port is not in 0 to 65535, or the family is another one
     * @throws LoopClosedException if the loop is closed
     */
    LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port, ProtocolFamily family);

    /**
     * Finds the name of an address, as {@code getnameinfo}; the literal address if it has no name.
     *
     * @throws IllegalArgumentException if the address is unresolved
     * @throws LoopClosedException if the loop is closed
     */
    default LoopFuture<NameInfo> getnameinfo(InetSocketAddress address) {
        return getnameinfo(address, Set.of());
    }

    /** Finds the name of an address, with {@code flags}. */
    LoopFuture<NameInfo> getnameinfo(InetSocketAddress address, Set<NameFlag> flags);

    /** How to look a name up. */
    enum NameFlag {
        /** Returns the literal address ({@code NI_NUMERICHOST}). */
        NUMERIC_HOST,
        /** Fails with {@link java.net.UnknownHostException} if there is no name ({@code NI_NAMEREQD}). */
        NAME_REQUIRED
    }

    /**
     * The result of a look-up by address.
     *
     * @param host the name, or the literal address
     * @param service the port, in digits
     */
    record NameInfo(String host, String service) {}

    // ---- files

    /** Sends a whole file, see {@link #sendfile(StreamTransport, FileChannel, SendfileOptions)}. */
    default LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file) {
        return sendfile(transport, file, SendfileOptions.whole());
    }

    /**
     * Sends a file over a transport, as {@code sendfile}, after what was written before. If driver and transport can,
     * it is sent without copying (TLS cannot); otherwise it falls back to reading the file on a thread of the core.
     * Receiving is paused meanwhile. Except over TLS, writing is refused with {@link IllegalStateException} meanwhile,
     * and a transport that is closed sends the file first. An exchange of the loop's driver does not disturb the
     * operation.
     *
     * <p>The future fails with {@link IllegalStateException} if the transport is closing or sends a file already, and
     * with {@link SendfileNotAvailableException} if it would fall back, but the options forbid that.
     *
     * @return how many bytes were sent
     * @throws IllegalArgumentException if the transport belongs to another loop
     */
    LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file, SendfileOptions options);

    /** Sends a whole file, see {@link #sockSendfile(SocketChannel, FileChannel, SendfileOptions)}. */
    default LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file) {
        return sockSendfile(channel, file, SendfileOptions.whole());
    }

    /**
     * Sends a file over a socket of the user, as {@code sock_sendfile}, by the rules of {@link Descriptors}. The JVM
     * finds the best way itself, so the option {@link SendfileOptions#withFallback} has no effect.
     *
     * @return how many bytes were sent
     */
    LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file, SendfileOptions options);
}
