package aio.loop;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A listening server, as {@code asyncio.Server}.
 *
 * <p>Thread safety: any thread; what changes the server takes effect on the thread of the loop. Implemented by the
 * loop.
 */
@ProviderType
public interface Server extends AutoCloseable {

    /** Returns the loop. */
    EventLoop getLoop();

    /** Returns the listening channels, to read their options and addresses; empty once closed. */
    List<ServerSocketChannel> sockets();

    /** Returns where the server listens; empty once closed. */
    List<SocketAddress> addresses();

    /**
     * Returns the TCP port that the server listens on, the first one if there are several. If it was made with port 0,
     * this is the port that the system has chosen.
     *
     * @throws IllegalStateException if the server is closed, or listens on Unix domain sockets only
     */
    default int port() {
        return addresses().stream().filter(InetSocketAddress.class::isInstance)
                .mapToInt(address -> ((InetSocketAddress) address).getPort()).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        this + " has no TCP port: it is closed, or listens on Unix domain sockets only"));
    }

    /** Tells whether connections are accepted. */
    boolean isServing();

    /**
     * Starts to accept. Idempotent. As {@code start_serving}.
     *
     * @throws IllegalStateException if the server is closed
     */
    LoopFuture<Void> startServing();

    /**
     * Accepts until the future is cancelled, which closes the server; as {@code serve_forever}. The future never
     * completes normally.
     *
     * @throws IllegalStateException if the server is closed, or an earlier call of this method is still under way
     */
    LoopFuture<Void> serveForever();

    /**
     * Stops listening. On the thread of the loop, or if the loop does not run, the channels are closed when the method
     * returns; otherwise soon. New connections are refused from the next turn of the loop on, or at once if it does not
     * run. Open connections stay. Idempotent.
     */
    @Override
    void close();

    /** Closes all connections of the server, as {@code close_clients}. */
    void closeClients();

    /** Aborts all connections of the server, as {@code abort_clients}. */
    void abortClients();

    /**
     * Returns a future that is done when the server is closed and its last connection has ended, as {@code wait_closed}
     * since Python 3.12.1.
     */
    LoopFuture<Void> waitClosed();
}
