package aio.loop;

import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * TLS beyond the options of connections and servers, such as {@link ConnectionOptions#withTls}: on a connection that is
 * there already, and on an accepted socket.
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
 */
@ProviderType
public interface Tls {

    /**
     * Goes over to TLS on an open connection, as {@code start_tls}. The future answers the transport to use from then
     * on; the one given must not be used any more. {@code connectionMade} is not called again; what is decrypted comes
     * behind the callbacks of the future. If the handshake fails, the
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
     * Goes over to TLS when the beginning of it was received already: a peer may send its hello right behind the last
     * plain bytes, in one segment, which asyncio has no way to pass on. Otherwise as
     * {@link #startTls(StreamTransport, StreamProtocol, TlsOptions)}.
     *
     * <p>Give only what the peer may have encrypted already. Never take plain text from behind the last plain command:
     * whoever sits in between could have put it there.
     *
     * @param received what came behind the last plain byte; the position is advanced to the limit, the buffer is the
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
}
