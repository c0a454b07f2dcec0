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
 * The network: streams, datagrams, TLS, names, files that are sent.
 *
 * <p><b>Connections and servers.</b> Connections and servers. Failures arrive in the future, as the {@link
 * java.io.IOException} of the cause with the address in its message. Cancelling the future gives the attempt up and
 * closes its socket.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 *
 * <p><b>Datagrams.</b> Datagram endpoints. Failures arrive in the future, as the {@link java.io.IOException} of the
 * cause with the address in its message. Cancelling the future gives the attempt up and closes its socket.
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 *
 * <p><b>TLS.</b> TLS beyond the options of connections and servers, such as {@link ConnectionOptions#withTls}: on a
 * connection that is there already, and on an accepted socket.
 *
 * <p>What all TLS connections have in common, as in asyncio:
 * <ul>
 * <li>{@code connectionMade} is called when the handshake is done. If it fails, the protocol is told nothing; on the
 *     client's side the future fails with the {@link javax.net.ssl.SSLException}, with a {@link
 *     java.net.SocketException} if the peer has closed the connection, or with an {@link
 *     java.net.SocketTimeoutException} when the timeout has passed.
 * <li>{@code writeEof} is unsupported; a true answer of {@code eofReceived} is ignored with a warning.
 * <li>The write buffer counts encrypted bytes; its marks are 131072 and 524288, and the protocol is paused when it is
 *     as large as the high one.
 * <li>{@code close} sends what is buffered and the end of TLS, and waits for the peer's until the shutdown timeout. An
 *     end of the stream without an end of TLS is an end like others; {@link aio.transport.BaseTransport#SSL_CUT} tells
 *     it apart.
 * <li>When TLS fails, the peer is sent the alert that says why, and our end; what it still sends is dropped until its
 *     end, at most until the shutdown timeout. The failure is told at once.
 * <li>A peer that asks to renegotiate is cut off.
 * </ul>
 *
 * <p>Thread safety: any thread. Protocol factories and protocols are called on the thread of the loop.
 *
 * <p><b>Names.</b> Names and addresses of hosts. Look-ups run on threads of the core; literal addresses are not looked
 * up. In debug mode each is timed, and logged if it is slow (see {@link Diagnostics#getSlowCallbackDuration}).
 *
 * <p>Differs from asyncio: there are no service names, for the JVM has no database of them, and an address is all
 * there is to an answer, since socket type and protocol follow from the method it is used with.
 *
 * <p>Thread safety: any thread.
 *
 * <p><b>Files.</b> Sending files. A file that shrinks meanwhile ends the operation with the bytes that were sent; of
 * those that were cut off while the kernel was sending them without copying, zeros may arrive. The position of the
 * file is moved to after what was sent, also after a failure or when cancelled.
 *
 * <p>Thread safety: any thread.
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

    // ---- datagrams

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

    // ---- tLS

    /**
     * Goes over to TLS on an open connection, as {@code start_tls}. The result is the transport to use from then
     * on; the one given must not be used any more. {@code connectionMade} is not called again; what is decrypted comes
     * after the callbacks of the future. If the handshake fails, the
     * connection is closed and {@code connectionLost} of the given protocol is called with the cause. On a transport
     * that is closing the future fails with {@link IllegalStateException}.
     *
     * <p>Call it on the thread of the loop, in the callback that has received the last plain bytes: the transport stops
     * reading before the method returns, so that nothing encrypted is taken for plain.
     *
     * @param transport a socket transport of this loop, or a TLS one
     * @param protocol receives what is decrypted; often the one that the transport has
     * @param options which side this is; a client's need a server hostname, empty to check none
     * @throws IllegalArgumentException if the transport is not one of this loop's that can do it, or a client's options
     *     have no server hostname
     */
    default LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsOptions options) {
        return startTls(transport, protocol, options, ByteBuffer.allocate(0));
    }

    /**
     * Goes over to TLS when the beginning of it was received already: a peer may send its hello right after the last
     * plain bytes, in one segment, which asyncio has no way to pass on. Otherwise as
     * {@link #startTls(StreamTransport, StreamProtocol, TlsOptions)}.
     *
     * <p>Give only what the peer may have encrypted already. Never take plain text that came after the last plain
     * command: an attacker in between could have put it there.
     *
     * @param received what came after the last plain byte; the position is advanced to the limit, the buffer is the
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
     * Finds the addresses of a host, best first, as {@code getaddrinfo}. A name that does not resolve arrives in the
     * future as {@link java.net.UnknownHostException}.
     *
     * @param host a name or a literal address; the empty text is all interfaces: the wildcard of each family that this
     *     system
     *     has
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
     * Finds the name of an address, as {@code getnameinfo}. Without a name the answer is the literal address.
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
     * The answer of a look-up by address.
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
     * Sends a file over a transport, as {@code sendfile}: after what was written before, without copying if driver and
     * transport can (those of TLS cannot), else read on a thread of the core. Receiving is paused meanwhile, and
     * writing is refused with {@link IllegalStateException} while the file is sent without copying. Closing the
     * transport lets the file be sent first. An exchange of the loop's driver leaves the operation in progress.
     *
     * <p>Fails with {@link IllegalStateException} if the transport is closing, sends a file already, or
     * ({@link SendfileNotAvailableException}) could only fall back and must not.
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
     * Sends a file over a socket of the user's, as {@code sock_sendfile}; the rules of {@link Descriptors} hold. The
     * JVM finds the best way itself, so the fallback is never needed.
     *
     * @return how many bytes were sent
     */
    LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file, SendfileOptions options);
}
