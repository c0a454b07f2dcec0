package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.Server;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.LoopThread;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the scenarios share: a loop under a policy, an echo server, and clients that must stay connected. */
abstract class Scenario implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CLIENTS = 3;

    final List<ExceptionContext> reports = new CopyOnWriteArrayList<>();
    final List<BlockingClient> clients = new ArrayList<>();
    final LogCapture log = LogCapture.start();
    LoopThread running;
    EventLoop loop;
    Server server;
    IoDriverFactory driver;
    IoDriverFactory other;

    /** A policy that brings a given driver. */
    static final class PolicyOn extends AbstractEventLoopPolicy {
        PolicyOn(IoDriverFactory driver) {
            super(LoopFactory.ofClassPath(), driver);
        }
    }

    /** Sends back what it receives. */
    static final class Echo implements StreamProtocol {
        private @Nullable StreamTransport transport;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            if (transport != null) {
                transport.write(data);
            }
        }
    }

    void begin(IoDriverFactory tested, IoDriverFactory second) throws Exception {
        driver = tested;
        other = second;
        EventLoops.setEventLoopPolicy(new PolicyOn(tested));
        loop = EventLoops.newEventLoop();
        loop.setExceptionHandler((of, context) -> reports.add(context));
        running = LoopThread.start(loop);
        server = loop.createServer(Echo::new, "127.0.0.1", 0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(BlockingClient.connect(address()));
        }
        assertAlive();
    }

    abstract void run() throws Exception;

    InetSocketAddress address() {
        return (InetSocketAddress) server.addresses().get(0);
    }

    void assertAlive() throws IOException {
        for (BlockingClient client : clients) {
            client.send("alive?");
            assertThat(client.receiveText(6)).isEqualTo("alive?");
        }
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        if (!Await.becomesTrue(PATIENCE, condition)) {
            throw new AssertionError("waited in vain: " + what);
        }
    }

    static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Returns the warnings, except for those of loops that a busy machine has held up. */
    List<String> warnings() {
        return log.warnings().stream().filter(each -> !each.contains("held up")).toList();
    }

    /** Returns the processor time of the loop's thread. */
    long loopCpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(running.thread().getId());
    }

    @Override
    public void close() throws Exception {
        for (BlockingClient client : clients) {
            client.close();
        }
        running.close();
        log.close();
    }
}
