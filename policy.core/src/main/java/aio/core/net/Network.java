package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.NameResolver;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The networking of a loop: what {@code Networking} promises. Any thread; the work is done on the loop's. */
public final class Network {
    private static final Logger LOG = System.getLogger("aio.loop");

    private final Kernel kernel;
    private final NameResolver resolver;
    private final Blocking blocking;

    /** Runs what blocks in the default executor of the loop. */
    @FunctionalInterface
    public interface Blocking {
        <T> LoopFuture<T> run(Callable<T> work);
    }

    public Network(Kernel kernel, @Nullable NameResolver resolver, Blocking blocking) {
        this.kernel = kernel;
        this.resolver = resolver != null ? resolver : host -> List.of(InetAddress.getAllByName(host));
        this.blocking = blocking;
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
            return connectOver(protocolFactory, channel);
        }
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        String host = Objects.requireNonNull(options.host(), "host");
        onLoop(result, () -> {
            Connector<P> connector =
                    new Connector<>(kernel, protocolFactory, result, options.localAddress(), options.allErrors());
            resolve(List.of(host), result, addresses -> connector.connect(withPort(addresses, options.port())));
        });
        return result;
    }

    public <P extends StreamProtocol> LoopFuture<Connection<P>> connectOver(
            Supplier<P> protocolFactory, SocketChannel channel) {
        if (!channel.isConnected()) {
            throw new IllegalArgumentException(
                    "channel " + channel + " is not connected: expected a connected stream channel");
        }
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        onLoop(result, () -> new Connector<>(kernel, protocolFactory, result, null, false).begin(channel));
        return result;
    }

    public <P extends StreamProtocol> LoopFuture<Connection<P>> connectUnix(Supplier<P> protocolFactory, Path path) {
        Objects.requireNonNull(path, "path");
        CoreFuture<Connection<P>> result = begin(protocolFactory);
        Connector<P> connector = new Connector<>(kernel, protocolFactory, result, null, false);
        onLoop(result, () -> whenFound(blocking.run(() -> openUnix(path)), result, connector::begin));
        return result;
    }

    private static SocketChannel openUnix(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString(), null, "no socket to connect to");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path)); // waits if the backlog is full
            return channel;
        } catch (IOException e) {
            Channels.closeQuietly(channel);
            throw new IOException("Connect call failed " + path + ": " + e.getMessage(), e);
        }
    }

    // ---- servers

    public LoopFuture<Server> listen(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
        CoreFuture<Server> result = begin(protocolFactory);
        onLoop(result, () -> {
            ServerSocketChannel channel = options.channel();
            if (channel != null) {
                serve(protocolFactory, options, result, () -> List.of(adopted(channel)), () -> {});
                return;
            }
            resolve(options.hosts(), result, addresses -> serve(protocolFactory, options, result,
                    () -> ListeningSockets.bind(new LinkedHashSet<>(withPort(addresses, options.port())), options), () -> {}));
        });
        return result;
    }

    private static ServerSocketChannel adopted(ServerSocketChannel channel) throws IOException {
        if (channel.getLocalAddress() == null) {
            throw new IllegalArgumentException("channel " + channel + " is not bound: expected a listening channel");
        }
        channel.configureBlocking(false);
        return channel;
    }

    public LoopFuture<Server> listenUnix(Supplier<? extends StreamProtocol> protocolFactory, Path path) {
        Objects.requireNonNull(path, "path");
        CoreFuture<Server> result = begin(protocolFactory);
        ServerOptions options = ServerOptions.at("", 0);
        Object[] identity = new Object[1];
        onLoop(result, () -> serve(protocolFactory, options, result, () -> {
            ServerSocketChannel channel = ListeningSockets.bindUnix(path, options.backlog());
            identity[0] = ListeningSockets.identity(path);
            return List.of(channel);
        }, () -> removeSocketFile(path, identity[0])));
        return result;
    }

    private static void removeSocketFile(Path path, @Nullable Object identity) {
        try {
            if (identity != null && identity.equals(ListeningSockets.identity(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the socket file " + path + " could not be removed", e);
        }
    }

    private void serve(
            Supplier<? extends StreamProtocol> protocolFactory,
            ServerOptions options,
            CoreFuture<Server> result,
            Callable<List<ServerSocketChannel>> channels,
            Runnable whenClosed) {
        if (result.isDone()) {
            return; // cancelled
        }
        try {
            CoreServer server =
                    new CoreServer(kernel, protocolFactory, channels.call(), options.keepAlive(), whenClosed);
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

    // ---- names and threads

    private <T> CoreFuture<T> begin(Object protocolFactory) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        kernel.checkClosed();
        return new CoreFuture<>(kernel);
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

    /** Finds the addresses of all hosts, each once; literal addresses are not looked up. */
    private void resolve(List<String> hosts, CoreFuture<?> result, Consumer<Set<InetAddress>> then) {
        Set<InetAddress> literal = new LinkedHashSet<>();
        for (String host : hosts) {
            InetAddress address = host.isEmpty() ? new InetSocketAddress(0).getAddress() : Addresses.literal(host);
            if (address == null) {
                lookUp(hosts, result, then);
                return;
            }
            literal.add(address);
        }
        then.accept(literal);
    }

    private void lookUp(List<String> hosts, CoreFuture<?> result, Consumer<Set<InetAddress>> then) {
        LoopFuture<List<InetAddress>> found = blocking.run(() -> {
            List<InetAddress> all = new ArrayList<>();
            for (String host : hosts) {
                InetAddress literal =
                        host.isEmpty() ? new InetSocketAddress(0).getAddress() : Addresses.literal(host);
                all.addAll(literal != null ? List.of(literal) : resolver.resolve(host));
            }
            return all;
        });
        whenFound(found, result, all -> then.accept(new LinkedHashSet<>(all)));
    }

    private static <T> void whenFound(LoopFuture<T> found, CoreFuture<?> result, Consumer<T> then) {
        found.addDoneCallback(done -> {
            if (done.isCancelled()) {
                result.cancel();
            } else if (done.exception() != null) {
                result.fail(done.exception());
            } else {
                then.accept(Objects.requireNonNull(done.result()));
            }
        });
    }

    private static List<InetSocketAddress> withPort(Set<InetAddress> addresses, int port) {
        return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }
}
