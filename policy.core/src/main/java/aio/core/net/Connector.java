package aio.core.net;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.UserCalls;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.net.name.Addresses;
import aio.core.net.name.Interleaving;
import aio.core.statistics.Count;
import aio.core.time.Durations;
import aio.core.tls.TlsStarted;
import aio.loop.ConnectionOptions;
import aio.loop.Handle;
import aio.loop.LoopExit;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code createConnection}: tries the addresses in turn, or side by side if asked to, makes the protocol
 * when one of them accepts, and completes the future once the protocol was told. Loop thread.
 *
 * @param <P> the type of the protocol
 */
final class Connector<P extends StreamProtocol> {
    private static final ConnectionOptions NO_OPTIONS = ConnectionOptions.to("", 0);

    private final Kernel kernel;
    private final Supplier<P> protocolFactory;
    private final CoreFuture<Connection<P>> result;
    private final ConnectionOptions options;
    private final Opening opening;
    private final List<IOException> failures = new ArrayList<>();
    private final Set<Connecting> attempts = new LinkedHashSet<>();
    private List<InetSocketAddress> untried = List.of();
    private @Nullable Handle nextAttempt;
    private @Nullable SocketChannel connected;
    private @Nullable StreamTransport opened;
    private @Nullable UnixConnect unix;
    private boolean isMade;

    /** Makes one; a channel that is connected already needs no options. */
    Connector(
            Kernel kernel,
            Supplier<P> protocolFactory,
            CoreFuture<Connection<P>> result,
            @Nullable ConnectionOptions options,
            Opening opening) {
        this.kernel = kernel;
        this.protocolFactory = protocolFactory;
        this.result = result;
        this.options = options == null ? NO_OPTIONS : options;
        this.opening = opening;
        result.addDoneCallback(done -> {
            kernel.meter().count(isMade ? Count.CONNECTED : Count.CONNECTS_FAILED);
            giveUp();
        });
    }

    /** Gives up what is in progress; after a success that is nothing. */

    private void giveUp() {
        giveUpAttempts();
        StreamTransport begun = opened;
        if (begun != null) {
            begun.abort();
        }
        SocketChannel channel = connected;
        if (channel != null) {
            connected = null;
            Channels.closeQuietly(channel);
        }
    }

    /** Ends the attempts: one address has accepted, or the result is no longer wanted. */
    private void giveUpAttempts() {
        stopWaiting();
        if (unix != null) {
            unix.giveUp();
        }
        untried = List.of();
        List<Connecting> left = List.copyOf(attempts);
        attempts.clear();
        for (Connecting each : left) {
            kernel.seat().detach(each);
            Channels.closeQuietly(each.channel());
        }
    }

    private void stopWaiting() {
        if (nextAttempt != null) {
            nextAttempt.cancel();
            nextAttempt = null;
        }
    }

    /** Connects to one of the addresses. */
    void connect(List<InetSocketAddress> addresses) {
        untried = new ArrayList<>(Interleaving.of(addresses, options.interleave()));
        next();
    }

    /** Connects to a Unix socket. */
    void connectUnix(Path path) {
        unix = new UnixConnect(kernel, path, this::begin, result::fail);
        unix.attempt();
    }

    private void next() {
        stopWaiting();
        while (!result.isDone() && connected == null) {
            if (untried.isEmpty()) {
                if (attempts.isEmpty()) {
                    result.fail(failure());
                }
                return;
            }
            if (attempt(untried.remove(0))) {
                waitForNext();
                return;
            }
        }
    }

    private void waitForNext() {
        Duration delay = options.happyEyeballsDelay();
        if (delay != null && !untried.isEmpty()) {
            nextAttempt = kernel.callAt(kernel.now() + Durations.nanos(delay), this::next);
        }
    }

    /** Begins to connect; returns false if that failed at once. */
    private boolean attempt(InetSocketAddress address) {
        SocketChannel channel = null;
        try {
            StandardProtocolFamily family = Addresses.familyOf(address.getAddress());
            channel = SocketChannel.open(family);
            Channels.prepare(channel);
            if (options.localAddress() != null) {
                bindLocal(channel, options.localAddress(), family);
            }
            if (channel.connect(address)) {
                begin(channel);
            } else {
                await(channel, address);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                Channels.closeQuietly(channel);
            }
            failures.add(Addresses.connectFailed(address, e));
            return false;
        }
    }

    private static void bindLocal(SocketChannel channel, SocketAddress localAddress, StandardProtocolFamily family)
            throws IOException {
        SocketAddress local = localAddress;
        if (localAddress instanceof InetSocketAddress inet && inet.getAddress() != null) {
            if (inet.getAddress().isAnyLocalAddress()) {
                local = new InetSocketAddress(Addresses.anyLocal(family), inet.getPort());
            } else if (Addresses.familyOf(inet.getAddress()) != family) {
                throw new BindException("the local address " + Addresses.text(localAddress) + " is not of family "
                        + family + ", as the remote one is: give one of that family, or none");
            }
        }
        try {
            channel.bind(local);
        } catch (IOException e) {
            throw new IOException("cannot bind the local address " + Addresses.text(localAddress) + ": "
                    + e.getMessage(), e);
        }
    }

    private void await(SocketChannel channel, InetSocketAddress address) throws IOException {
        Connecting attempt = new Connecting(kernel, channel, protocolFactory, (finished, failure) -> {
            if (!attempts.remove(finished)) {
                return; // given up meanwhile
            }
            if (failure == null) {
                begin(channel);
            } else {
                Channels.closeQuietly(channel);
                failures.add(Addresses.connectFailed(address, failure));
                next();
            }
        });
        kernel.seat().attach(attempt);
        attempts.add(attempt);
    }

    private IOException failure() {
        if (failures.size() == 1 || !options.allErrors()
                && failures.stream().map(IOException::getMessage).distinct().count() == 1) {
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
        giveUpAttempts();
        connected = channel;
        if (result.isDone()) {
            giveUp();
            return;
        }
        boolean begun = false;
        try {
            opened = kernel.calls().attempt(protocolFactory, () -> {
                Channels.prepare(channel);
                P protocol = UserCalls.made(protocolFactory);
                return opening.open(channel, protocol, started(protocol), () -> {});
            });
            begun = true;
        } catch (ForeignFailure e) {
            result.fail(e.failure());
        } catch (LoopExit exit) {
            result.fail(exit); // a thread that waits must not wait for ever
            throw exit;
        } finally {
            connected = null;
            if (!begun) {
                Channels.closeQuietly(channel);
            }
        }
    }

    private TlsStarted started(P protocol) {
        return new TlsStarted() {
            @Override
            public void started(StreamTransport transport) {
                opened = null;
                isMade = result.complete(new Connection<>(transport, protocol));
                if (!isMade) {
                    transport.abort(); // cancelled meanwhile: no user will ever close it
                }
            }

            @Override
            public void failed(Throwable cause) {
                opened = null;
                result.fail(cause);
            }
        };
    }
}
