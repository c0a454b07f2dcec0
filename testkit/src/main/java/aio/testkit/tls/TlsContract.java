package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.policy.EventLoopPolicy;
import aio.testkit.Await;
import aio.testkit.Cases;
import aio.testkit.net.LoopThread;
import aio.transport.StreamProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the suites of TLS share: a loop of the policy that runs on a thread, certificates, and an end that leaves no
 * connection and no thread.
 */
@Timeout(30)
@ExtendWith(Cases.class)
public abstract class TlsContract {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Identity AUTHORITY = Identity.authority("aio test authority");
    static final Identity LOCALHOST = AUTHORITY.signs("localhost", "127.0.0.1");

    /** A server with a good certificate. */
    static final TlsOptions SERVING = TlsOptions.server(LOCALHOST.context(null));

    /** A client that trusts it, whatever its address. */
    static final TlsOptions TRUSTING = TlsOptions.client(AUTHORITY.trusting()).withServerHostname("localhost");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<ExceptionContext> reports = new CopyOnWriteArrayList<>();
    private boolean reportsExpected;
    private AutoCloseable whoRuns;
    LoopThread running;
    EventLoop loop;

    /** For subclasses. */
    TlsContract() {}

    /** Returns a new policy of the kind under test. */
    protected abstract EventLoopPolicy newPolicy();

    @BeforeEach
    final void startLoop() {
        loop = newPolicy().newEventLoop();
        loop.setExceptionHandler((where, context) -> reports.add(context));
        running = LoopThread.start(loop);
        whoRuns = closing(() -> running.close());
    }

    /** Lets another thread run the loop; {@code between} runs while no thread does. */
    final void move(ThreadFactory threads, Runnable between) {
        running.stop();
        between.run();
        running = LoopThread.start(loop, threads);
    }

    @AfterEach
    final void closeAll() throws Exception {
        Throwable failure = null;
        for (AutoCloseable next = open.pollLast(); next != null; next = open.pollLast()) {
            AutoCloseable closed = next;
            if (closed == whoRuns) {
                failure = noConnectionIsLeft(failure);
            }
            Throwable thrown = catchThrowable(closed::close);
            failure = failure == null ? thrown : failure;
        }
        until("no thread of the loop is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(loop.name() + "-")));
        if (failure != null) {
            throw new AssertionError("the end of the test failed: " + failure, failure);
        }
        if (!reportsExpected) {
            assertThat(reports).as("reports to the exception handler").isEmpty();
        }
    }

    private Throwable noConnectionIsLeft(Throwable before) {
        Throwable left = loop.isClosed() ? null
                : catchThrowable(() -> until("no connection is left", () -> loop.info().connections() == 0));
        return before == null ? left : before;
    }

    /** Closes a resource after the test, in reverse order. */
    final <T extends AutoCloseable> T closing(T resource) {
        open.addLast(resource);
        return resource;
    }

    /** Returns what the exception handler was told so far. */
    final List<ExceptionContext> reports() {
        reportsExpected = true;
        return List.copyOf(reports);
    }

    // ---- servers and clients

    static ServerOptions local() {
        return ServerOptions.at("127.0.0.1", 0).withBacklog(1024);
    }

    final Server serve(Supplier<? extends StreamProtocol> factory, ServerOptions options) {
        return closing(done(loop.createServer(factory, options)));
    }

    /** A server with a good certificate. */
    final Server serve(Supplier<? extends StreamProtocol> factory) {
        return serve(factory, local().withTls(SERVING));
    }

    static InetSocketAddress addressOf(Server server) {
        return (InetSocketAddress) server.addresses().get(0);
    }

    /** Returns how to connect to a server of this test, trusting it. */
    static ConnectionOptions to(Server server) {
        return to(addressOf(server).getPort());
    }

    static ConnectionOptions to(int port) {
        return to(port, TRUSTING);
    }

    static ConnectionOptions to(Server server, TlsOptions options) {
        return to(addressOf(server).getPort(), options);
    }

    static ConnectionOptions to(int port, TlsOptions options) {
        return ConnectionOptions.to("127.0.0.1", port).withTls(options);
    }

    /** Returns a client with a context of its own, for a server of this test. */
    static TlsOptions client(SSLContext context) {
        return TlsOptions.client(context).withServerHostname("localhost");
    }

    /** A blocking client of the JDK, with the handshake done. */
    final SSLSocket client(Server server, String... protocols) throws IOException {
        return client(server, AUTHORITY.trusting(), protocols);
    }

    final SSLSocket client(Server server, SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", addressOf(server).getPort());
        closing(socket);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    // ---- waiting

    static void until(String what, Callable<Boolean> condition) throws Exception {
        if (!Await.becomesTrue(PATIENCE, condition)) {
            throw new AssertionError("waited in vain: " + what);
        }
    }

    /** Waits for the end, from outside the loop. */
    static <T> T done(LoopFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
        Throwable thrown = catchThrowable(() -> operation.call().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(thrown).as("the operation must fail").isNotNull().isNotInstanceOf(TimeoutException.class);
        return thrown instanceof ExecutionException || thrown instanceof CompletionException
                ? thrown.getCause() : thrown;
    }

    /** Counts the open descriptors of this process, where the system tells; else 0. */
    static long descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
            return entries.count();
        }
    }
}
