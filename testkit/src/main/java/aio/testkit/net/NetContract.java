package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.NameResolver;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import aio.testkit.Await;
import aio.testkit.Cases;
import aio.testkit.VirtualClock;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the suites share: a loop of the policy that runs on a thread, and an orderly end. */
@Timeout(20)
@ExtendWith(Cases.class)
abstract class NetContract {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    final Reports reports = new Reports();
    LoopThread running;
    EventLoop loop;

    /** Makes the policy under test; a new one, with a driver factory of its own, at each call. */
    protected abstract EventLoopPolicy policy();

    /** Tells whether the drivers of all policies under test watch descriptors. */
    protected boolean watchesDescriptors() {
        return driver().features().contains(DriverFeature.DESCRIPTOR_WATCHING);
    }

    @BeforeEach
    final void startLoop() {
        running = start(policy().newEventLoop());
        loop = running.loop();
    }

    @AfterEach
    final void closeAll() throws Exception {
        AutoCloseable next = open.pollLast();
        Throwable failure = null;
        while (next != null) {
            AutoCloseable closing = next;
            Throwable thrown = catchThrowable(closing::close);
            failure = failure == null ? thrown : failure;
            next = open.pollLast();
        }
        if (failure != null) {
            throw new AssertionError("closing what the test opened failed", failure);
        }
        reports.assertExpected();
    }

    /** Closes a resource after the test, in reverse order. */
    final <T extends AutoCloseable> T closing(T resource) {
        open.addLast(resource);
        return resource;
    }

    /** Runs a loop on a thread until the end of the test. */
    final LoopThread start(EventLoop made) {
        made.setExceptionHandler(reports);
        return closing(LoopThread.start(made));
    }

    /** Makes a loop on a driver that stays under it. */
    static EventLoop loopOn(IoDriverFactory driver) {
        return LoopFactory.ofClassPath().newLoop(driver, LoopOptions.defaults().withFollowing(false));
    }

    /** Makes a loop on a driver that stays under it, and that goes by a clock. */
    static EventLoop loopOn(IoDriverFactory driver, VirtualClock clock) {
        return LoopFactory.ofClassPath().newLoop(driver, LoopOptions.defaults().withFollowing(false).withClock(clock));
    }

    /** Runs a loop that asks a resolver of the test. */
    final EventLoop resolving(NameResolver resolver) {
        return runWith(LoopOptions.defaults().withResolver(resolver));
    }

    /** Runs a loop on the driver of a fresh policy, which stays under it. */
    final EventLoop runWith(LoopOptions options) {
        return start(LoopFactory.ofClassPath().newLoop(driver(), options.withFollowing(false))).loop();
    }

    /** Returns the driver of a fresh policy. */
    final IoDriverFactory driver() {
        return policy().driver().orElseThrow();
    }

    final Server serve(Supplier<? extends StreamProtocol> factory) {
        // with a short backlog, connects of a burst wait a second until the system tries again
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withBacklog(1024);
        return closing(done(loop.createServer(factory, options)));
    }

    final BlockingClient connect(Server server) {
        return closing(BlockingClient.connect(addressOf(server)));
    }

    static InetSocketAddress addressOf(Server server) {
        return (InetSocketAddress) server.addresses().get(0);
    }

    /** Makes a listening socket from which nothing accepts by itself. */
    final ServerSocketChannel listen() throws IOException {
        return closing(ServerSocketChannel.open()).bind(new InetSocketAddress("127.0.0.1", 0));
    }

    /** Makes two ends of a connection: one for the loop, one for the test. */
    final Pair pair() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            BlockingClient client = closing(BlockingClient.connect(listener.getLocalAddress()));
            return new Pair(closing(listener.accept()), client);
        }
    }

    /**
     * Two ends of a connection.
     *
     * @param ours for the loop
     * @param client for the test
     */
    record Pair(SocketChannel ours, BlockingClient client) {}

    /** Makes two ends of a connection, both for the loop. */
    final LoopPair loopPair() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            SocketChannel one = closing(SocketChannel.open(listener.getLocalAddress()));
            SocketChannel other = closing(listener.accept());
            one.configureBlocking(false);
            other.configureBlocking(false);
            return new LoopPair(one, other);
        }
    }

    /**
     * Two ends of a connection, not blocking.
     *
     * @param one one end
     * @param other the other end
     */
    record LoopPair(SocketChannel one, SocketChannel other) {}

    /** Tells when something arrives. */
    record Receiving(Runnable received) implements StreamProtocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            received.run();
        }
    }

    /** Lets the loop serve one end of a connection. */
    final <P extends StreamProtocol> P attach(SocketChannel channel, P protocol) {
        done(loop.connectAcceptedSocket(() -> protocol, channel));
        return protocol;
    }

    /** Waits for the end, from outside the loop. */
    static <T> T done(LoopFuture<T> future) {
        try {
            return future.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new AssertionError("not done in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns why the operation fails, whether it throws or its future does. */
    static Throwable failureOf(Callable<? extends LoopFuture<?>> operation) {
        Throwable thrown = catchThrowable(() -> operation.call().get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(thrown).as("the operation must fail").isNotNull().isNotInstanceOf(TimeoutException.class);
        boolean wrapped = thrown instanceof ExecutionException || thrown instanceof CompletionException;
        return wrapped ? thrown.getCause() : thrown;
    }

    static void awaitDone(LoopFuture<?> future) {
        Await.until("the future is done", future::isDone);
    }

    /** Returns the channel under a transport. */
    static @Nullable Object channelOf(StreamTransport transport) {
        return transport.getExtraInfo(StreamTransport.SOCKET);
    }

    /** Makes both sides reach their limits early. */
    static void shrinkBuffers(StreamTransport transport) throws IOException {
        SocketChannel channel = (SocketChannel) channelOf(transport);
        assertThat(channel).isNotNull();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 8 * 1024);
    }
}
