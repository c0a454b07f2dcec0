package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.OwnedFuture;
import aio.core.net.name.Names;
import aio.core.thread.CorePool;
import aio.core.tls.TlsLayer;
import aio.core.tls.TlsPeer;
import aio.loop.ConnectionOptions;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.loop.UnixConnectionOptions;
import aio.loop.UnixServerOptions;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The networking of a loop: what {@code Networking} promises. Any thread; the work is done on the loop's. */
public final class Network {
    private final Kernel kernel;
    private final Names names;
    private final TlsLayer tls;

    public Network(Kernel kernel, Names names, CorePool handshakes) {
        this.kernel = kernel;
        this.names = names;
        this.tls = new TlsLayer(kernel, handshakes);
    }

    // ---- connections

    public <P extends StreamProtocol> LoopFuture<Connection<P>> connect(
            Supplier<P> protocolFactory, ConnectionOptions options) {
        SocketChannel channel = options.channel();
        if (channel != null) {
            if (options.localAddress() != null) {
                throw new IllegalArgumentException(
                        "a local address and a connected channel contradict each other: bind the channel itself");
            }
            return connectOver(protocolFactory, channel, peerOf(options));
        }
        TlsPeer peer = peerOf(options);
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        String host = Objects.requireNonNull(options.host(), "host");
        onLoop(result, () -> {
            Connector<P> connector = new Connector<>(kernel, protocolFactory, result, options, opening(peer));
            whenFound(names.find(List.of(host), options.port(), options.family()), result, connector::connect);
        });
        return result;
    }

    private Opening opening(@Nullable TlsPeer peer) {
        return new Opening(kernel, tls, peer);
    }

    private static @Nullable TlsPeer peerOf(ConnectionOptions options) {
        TlsOptions how = options.tls();
        return how == null ? null : TlsPeer.server(how, options.host(), options.port());
    }

    public <P extends StreamProtocol> LoopFuture<Connection<P>> connectOver(
            Supplier<P> protocolFactory, SocketChannel channel, @Nullable TlsPeer peer) {
        if (!channel.isConnected()) {
            throw new IllegalArgumentException(
                    "channel " + channel + " is not connected: expected a connected stream channel");
        }
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        Handed handed = Handed.of(kernel, channel, protocolFactory);
        onLoop(result, () -> handed.to(new Connector<>(kernel, protocolFactory, result, null, opening(peer))::begin));
        return result;
    }

    public <P extends StreamProtocol> LoopFuture<Connection<P>> connectUnix(
            Supplier<P> protocolFactory, UnixConnectionOptions options) {
        TlsOptions how = options.tls();
        TlsPeer peer = how == null ? null : TlsPeer.server(how, null, -1);
        SocketChannel channel = options.channel();
        if (channel != null) {
            return connectOver(protocolFactory, channel, peer);
        }
        Path path = Objects.requireNonNull(options.path(), "path");
        Supported.check(kernel, Feature.UNIX_SOCKETS);
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        Connector<P> connector = new Connector<>(kernel, protocolFactory, result, null, opening(peer));
        onLoop(result, () -> connector.connectUnix(path));
        return result;
    }

    // ---- servers

    public LoopFuture<Server> listen(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
        Opening opening = opening(clientsOf(options.tls()));
        CoreFuture<Server> result = begin(protocolFactory);
        onLoop(result, () -> {
            ServerSocketChannel channel = options.channel();
            if (channel != null) {
                serve(protocolFactory, options, opening, result, () -> List.of(adopted(channel)), () -> {});
                return;
            }
            whenFound(names.find(options.hosts(), options.port(), null), result, addresses -> serve(protocolFactory,
                    options, opening, result, () -> ListeningSockets.bind(new LinkedHashSet<>(addresses), options),
                    () -> {}));
        });
        return result;
    }

    private static @Nullable TlsPeer clientsOf(@Nullable TlsOptions how) {
        return how == null ? null : TlsPeer.client(how);
    }

    private static ServerSocketChannel adopted(ServerSocketChannel channel) throws IOException {
        if (channel.getLocalAddress() == null) {
            throw new IllegalArgumentException("channel " + channel + " is not bound: expected a listening channel");
        }
        channel.configureBlocking(false);
        return channel;
    }

    public LoopFuture<Server> listenUnix(
            Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options) {
        Opening opening = opening(clientsOf(options.tls()));
        Supported.check(kernel, Feature.UNIX_SOCKETS);
        CoreFuture<Server> result = begin(protocolFactory);
        UnixListening socket = new UnixListening(options);
        ServerOptions serving = ServerOptions.at("", 0).withStartServing(options.startServing());
        onLoop(result, () -> serve(
                protocolFactory, serving, opening, result, () -> List.of(socket.open()), socket::cleanUp));
        return result;
    }

    private void serve(
            Supplier<? extends StreamProtocol> protocolFactory,
            ServerOptions options,
            Opening opening,
            CoreFuture<Server> result,
            Callable<List<ServerSocketChannel>> channels,
            Runnable whenClosed) {
        if (result.isDone()) {
            return; // cancelled
        }
        try {
            CoreServer server = new CoreServer(
                    kernel, protocolFactory, channels.call(), options.keepAlive(), opening, whenClosed);
            open(server, options.startServing());
            if (!result.complete(server)) {
                server.close();
            }
        } catch (Exception e) {
            result.fail(e);
        }
    }

    private static void open(CoreServer server, boolean startServing) throws IOException {
        try {
            server.open();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        if (startServing) {
            server.startNow();
        }
    }

    // ---- TLS on an open connection

    public LoopFuture<StreamTransport> startTls(
            StreamTransport transport, StreamProtocol protocol, TlsPeer peer, ByteBuffer received) {
        return new StartTls(kernel, tls).start(transport, protocol, peer, received);
    }

    // ---- names and threads

    private <T> CoreFuture<T> begin(Object protocolFactory) {
        return new OwnedFuture<>(kernel, Objects.requireNonNull(protocolFactory, "protocolFactory"));
    }

    private void onLoop(CoreFuture<?> result, Runnable action) {
        kernel.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                result.fail(e);
            }
        });
    }

    /** Continues with the addresses: at once if they are known already, as literal ones are. */
    private static <T> void whenFound(LoopFuture<T> found, CoreFuture<?> result, Consumer<T> then) {
        if (found.isDone()) {
            take(found, result, then);
        } else {
            found.addDoneCallback(done -> take(done, result, then));
            result.addDoneCallback(done -> found.cancel()); // no effect if it was found
        }
    }

    private static <T> void take(LoopFuture<T> found, CoreFuture<?> result, Consumer<T> then) {
        if (found.isCancelled()) {
            result.cancel();
        } else if (found.exception() != null) {
            result.fail(found.exception());
        } else {
            then.accept(Objects.requireNonNull(found.result()));
        }
    }
}
