package aio.core.net;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.UserCalls;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.RefusedChannelException;
import aio.core.net.name.Addresses;
import aio.core.statistics.Count;
import aio.core.tls.TlsStarted;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server: its listening sockets, its open connections, and the futures that wait for its end. */
final class CoreServer implements Server {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Kernel kernel;
    private final Supplier<? extends StreamProtocol> protocolFactory;
    private final boolean keepAlive;
    private final Opening opening;
    private final Runnable whenClosed;
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<StreamTransport> transports = new LinkedHashSet<>();
    private final List<CoreFuture<Void>> waiters = new ArrayList<>();

    // Written by the loop, closed under the monitor, so that only one takes effect; other threads read these alone.
    private volatile List<ServerSocketChannel> sockets;
    private volatile boolean serving;
    private volatile boolean closed;
    private @Nullable CoreFuture<Void> servingForever;

    /**
     * Makes a server of bound channels.
     *
     * @param whenClosed runs on the loop's thread when the sockets are closed
     */
    CoreServer(
            Kernel kernel,
            Supplier<? extends StreamProtocol> protocolFactory,
            List<ServerSocketChannel> channels,
            boolean keepAlive,
            Opening opening,
            Runnable whenClosed) {
        this.kernel = kernel;
        this.protocolFactory = protocolFactory;
        this.keepAlive = keepAlive;
        this.opening = opening;
        this.whenClosed = whenClosed;
        this.sockets = List.copyOf(channels);
    }

    /** Lets the driver adopt the sockets. Loop thread. */
    void open() throws IOException {
        for (ServerSocketChannel channel : sockets) {
            Listener listener = new Listener(kernel, channel, this);
            kernel.seat().attach(listener);
            listeners.add(listener);
        }
    }

    Object protocolFactory() {
        return protocolFactory;
    }

    // ---- serving

    /** Makes a connection of an accepted socket. Loop thread. */
    void accepted(SocketChannel channel) {
        StreamProtocol[] made = new StreamProtocol[1];
        boolean begun = false;
        try {
            kernel.calls().attempt(protocolFactory, () -> {
                Channels.prepare(channel);
                if (keepAlive && Channels.isInet(channel)) {
                    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                }
                made[0] = UserCalls.made(protocolFactory);
                return begin(channel, made[0]);
            });
            begun = true;
            kernel.meter().count(Count.ACCEPTED);
        } catch (ForeignFailure e) {
            notBegun(e.failure(), made[0]);
        } finally {
            if (!begun) {
                Channels.closeQuietly(channel);
            }
        }
    }

    private void notBegun(Throwable failure, @Nullable StreamProtocol protocol) {
        if (failure instanceof IOException && !(failure instanceof RefusedChannelException)) {
            LOG.log(Level.DEBUG, "an accepted connection of " + this + " was gone at once", failure);
            return;
        }
        ExceptionContext context = ExceptionContext.of("Error on transport creation for incoming connection", failure);
        kernel.report(protocol == null ? context : context.with("protocol", protocol));
    }

    private StreamTransport begin(SocketChannel channel, StreamProtocol protocol) throws IOException {
        StreamTransport[] self = new StreamTransport[1];
        self[0] = opening.open(channel, protocol, new TlsStarted() {
            @Override
            public void started(StreamTransport transport) {
                // the protocol has been told already
            }

            @Override
            public void failed(Throwable cause) {
                handshakeFailed(cause, protocol);
            }
        }, () -> detached(self[0]));
        transports.add(self[0]);
        return self[0];
    }

    /**
     * A handshake that a peer fails is the peer's fault: as in asyncio, only the debug mode tells the exception
     * handler.
     */
    private void handshakeFailed(Throwable cause, StreamProtocol protocol) {
        if (kernel.calls().debug()) {
            kernel.report(
                    ExceptionContext.of("Error on transport creation for incoming connection", cause)
                            .with("protocol", protocol));
        } else {
            LOG.log(Level.DEBUG, "a handshake with a client of " + this + " failed", cause);
        }
    }

    private void detached(StreamTransport transport) {
        transports.remove(transport);
        wakeIfOver();
    }

    @Override
    public LoopFuture<Void> startServing() {
        checkOpen();
        CoreFuture<Void> started = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            if (!closed) {
                startNow();
            }
            started.complete(null);
        });
        return started;
    }

    /** Starts to accept. Loop thread. */
    void startNow() {
        serving = true;
        listeners.forEach(Listener::startServing);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("server " + this + " is closed");
        }
    }

    @Override
    public synchronized LoopFuture<Void> serveForever() {
        checkOpen();
        if (servingForever != null) {
            throw new IllegalStateException("server " + this + " is already being awaited on serveForever()");
        }
        CoreFuture<Void> forever = new CoreFuture<>(kernel);
        servingForever = forever;
        forever.addDoneCallback(done -> close());
        startServing();
        return forever;
    }

    // ---- closing

    @Override
    public void close() {
        CoreFuture<Void> forever;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            serving = false;
            forever = servingForever;
            servingForever = null;
        }
        if (!kernel.isClosed()) {
            kernel.execute(this::closeSockets);
        }
        if (forever != null) {
            forever.cancel();
        }
    }

    private void closeSockets() {
        List<ServerSocketChannel> bound = sockets;
        sockets = List.of();
        listeners.forEach(Listener::close);
        listeners.clear();
        bound.forEach(Channels::closeQuietly); // a driver may have refused some
        kernel.flushIfIdle();
        whenClosed.run();
        wakeIfOver();
    }

    @Override
    public void closeClients() {
        kernel.execute(() -> List.copyOf(transports).forEach(StreamTransport::close));
    }

    @Override
    public void abortClients() {
        kernel.execute(() -> List.copyOf(transports).forEach(StreamTransport::abort));
    }

    @Override
    public LoopFuture<Void> waitClosed() {
        CoreFuture<Void> waiter = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            waiters.add(waiter);
            wakeIfOver();
        });
        return waiter;
    }

    private void wakeIfOver() {
        if (closed && transports.isEmpty() && listeners.isEmpty()) {
            waiters.forEach(waiter -> waiter.complete(null));
            waiters.clear();
        }
    }

    // ---- asking

    @Override
    public EventLoop getLoop() {
        return kernel.loop();
    }

    @Override
    public List<ServerSocketChannel> sockets() {
        return closed ? List.of() : sockets;
    }

    @Override
    public List<SocketAddress> addresses() {
        List<SocketAddress> addresses = new ArrayList<>();
        for (ServerSocketChannel channel : sockets()) {
            try {
                addresses.add(channel.getLocalAddress());
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a socket was closed while its address was asked for", e);
            }
        }
        return List.copyOf(addresses);
    }

    @Override
    public boolean isServing() {
        return serving;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<Server");
        addresses().forEach(address -> text.append(' ').append(Addresses.text(address)));
        return text.append(closed ? " closed" : "").append(" of loop \"").append(kernel.loopName()).append("\">")
                .toString();
    }
}
