package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Guard;
import aio.core.kernel.Kernel;
import aio.protocol.StreamProtocol;
import aio.transport.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code createConnection}: tries the addresses in turn, makes the protocol when one of them answers, and
 * completes the future when the protocol was told. Loop thread.
 *
 * @param <P> the type of the protocol
 */
final class Connector<P extends StreamProtocol> {
    private final Kernel kernel;
    private final Supplier<P> protocolFactory;
    private final CoreFuture<Connection<P>> result;
    private final @Nullable SocketAddress localAddress;
    private final boolean allErrors;
    private final List<IOException> failures = new ArrayList<>();
    private List<InetSocketAddress> untried = List.of();
    private @Nullable SocketChannel current;
    private @Nullable Connecting connecting;

    Connector(
            Kernel kernel,
            Supplier<P> protocolFactory,
            CoreFuture<Connection<P>> result,
            @Nullable SocketAddress localAddress,
            boolean allErrors) {
        this.kernel = kernel;
        this.protocolFactory = protocolFactory;
        this.result = result;
        this.localAddress = localAddress;
        this.allErrors = allErrors;
        result.addDoneCallback(done -> giveUpIfCancelled());
    }

    private void giveUpIfCancelled() {
        Connecting pending = connecting;
        SocketChannel channel = current;
        if (result.isCancelled() && channel != null) {
            if (pending != null) {
                kernel.seat().detach(pending);
            }
            Channels.closeQuietly(channel);
            current = null;
            connecting = null;
        }
    }

    /** Connects to one of the addresses. */
    void connect(List<InetSocketAddress> addresses) {
        untried = new ArrayList<>(addresses);
        next();
    }

    private void next() {
        while (!result.isDone()) {
            if (untried.isEmpty()) {
                result.fail(failure());
                return;
            }
            if (attempt(untried.remove(0))) {
                return;
            }
        }
    }

    /** Begins to connect; answers false if that failed at once. */
    private boolean attempt(InetSocketAddress address) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            Channels.prepare(channel);
            if (localAddress != null) {
                bindLocal(channel);
            }
            boolean connected = channel.connect(address);
            current = channel;
            if (connected) {
                begin(channel);
            } else {
                await(channel, address);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                Channels.closeQuietly(channel);
            }
            current = null;
            failures.add(failed(address, e));
            return false;
        }
    }

    private void bindLocal(SocketChannel channel) throws IOException {
        try {
            channel.bind(localAddress);
        } catch (IOException e) {
            throw new IOException("cannot bind the local address " + Addresses.text(localAddress) + ": "
                    + e.getMessage(), e);
        }
    }

    private void await(SocketChannel channel, InetSocketAddress address) throws IOException {
        Connecting pending = new Connecting(kernel, channel, protocolFactory, failure -> {
            connecting = null;
            if (failure == null) {
                begin(channel);
            } else {
                Channels.closeQuietly(channel);
                current = null;
                failures.add(failed(address, failure));
                next();
            }
        });
        kernel.seat().attach(pending);
        connecting = pending;
    }

    private static IOException failed(InetSocketAddress address, Exception cause) {
        String text = "Connect call failed " + Addresses.text(address) + ": " + cause.getMessage();
        IOException failure = cause instanceof ConnectException ? new ConnectException(text) : new SocketException(text);
        failure.initCause(cause);
        return failure;
    }

    private IOException failure() {
        if (failures.size() == 1 || !allErrors && failures.stream().map(IOException::getMessage).distinct().count() == 1) {
            return failures.get(0);
        }
        if (failures.isEmpty()) {
            return new SocketException("no address to connect to");
        }
        IOException all = new IOException("Multiple exceptions: "
                + failures.stream().map(IOException::getMessage).collect(Collectors.joining(", ")));
        failures.forEach(all::addSuppressed);
        return all;
    }

    /** Makes the protocol of a connected channel. */
    void begin(SocketChannel channel) {
        current = channel;
        if (result.isDone()) {
            giveUpIfCancelled();
            return;
        }
        long entered = kernel.enter(protocolFactory);
        try {
            Channels.prepare(channel);
            P protocol = Channels.made(protocolFactory);
            SocketTransport transport = new SocketTransport(kernel, channel, protocol, () -> {});
            kernel.seat().attach(transport);
            current = null;
            kernel.callSoon(() -> transport.start(() -> started(transport, protocol)));
        } catch (Throwable failure) {
            Guard.rethrowFatal(failure);
            Channels.closeQuietly(channel);
            current = null;
            result.fail(failure);
        } finally {
            kernel.leave(protocolFactory, entered);
        }
    }

    private void started(SocketTransport transport, P protocol) {
        if (!result.complete(new Connection<>(transport, protocol))) {
            transport.abort(); // cancelled meanwhile: nobody will ever close it
        }
    }
}
