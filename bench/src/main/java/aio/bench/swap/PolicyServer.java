package aio.bench.swap;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.EventLoopPolicy;
import aio.policy.winproactor.WindowsProactorEventLoopPolicy;
import aio.policy.winselector.WindowsSelectorEventLoopPolicy;
import aio.protocol.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An echo server whose policy is changed on order. Orders and answers, durations in nanoseconds:
 *
 * <pre>
 * use &lt;policy>            used &lt;until the loop has followed> &lt;its longest pause> &lt;echoes in that time> &lt;connections>
 * idle &lt;microseconds>     idled &lt;how long it was> &lt;0> &lt;echoes in that time> &lt;connections>
 * </pre>
 */
public final class PolicyServer {
    private static final int BACKLOG = 4096;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BETWEEN_LOOKS_NANOS = 200_000;
    private static final Logger POLICY_LOG = Logger.getLogger("aio.policy");

    private final Map<String, EventLoopPolicy> policies = Map.of(
            "selector", new WindowsSelectorEventLoopPolicy(),
            "other selector", new WindowsSelectorEventLoopPolicy(),
            "proactor", new WindowsProactorEventLoopPolicy());
    private final AtomicLong echoes = new AtomicLong();
    private final EventLoop loop;

    private PolicyServer() {
        EventLoops.setEventLoopPolicy(policies.get("selector"));
        loop = EventLoops.newEventLoop();
    }

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        POLICY_LOG.setLevel(Level.WARNING);
        PolicyServer server = new PolicyServer();
        Server listening = server.loop.runUntilComplete(server.loop.createServer(
                server::echo, ServerOptions.at("127.0.0.1", 0).withBacklog(BACKLOG)));
        System.out.println("port " + ((InetSocketAddress) listening.addresses().get(0)).getPort());
        new Thread(server::takeOrders, "control").start();
        server.loop.runForever();
    }

    private Echo echo() {
        return new Echo();
    }

    private void takeOrders() {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", 2);
                System.out.println(words[0].equals("use") ? use(words[1]) : idle(Long.parseLong(words[1])));
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("server ends, its orders cannot be read: " + e);
        }
        System.exit(0);
    }

    private String use(String policy) {
        long exchanges = loop.info().exchanges();
        long echoesBefore = echoes.get();
        long start = System.nanoTime();
        EventLoops.setEventLoopPolicy(policies.get(policy));
        LoopInfo after = loop.info();
        while (after.exchanges() == exchanges) { // with many connections nobody waits until the end
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                throw new IllegalStateException("the loop did not follow to \"" + policy + "\": it is on " + after.driver());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            after = loop.info();
        }
        long end = System.nanoTime();
        return "used " + (end - start) + " " + after.longestPause().toNanos() + " " + (echoes.get() - echoesBefore) + " "
                + after.connections();
    }

    private String idle(long micros) {
        long echoesBefore = echoes.get();
        long start = System.nanoTime();
        long end = start + TimeUnit.MICROSECONDS.toNanos(micros);
        for (long now = start; now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
        return "idled " + (System.nanoTime() - start) + " 0 " + (echoes.get() - echoesBefore) + " "
                + loop.info().connections();
    }

    /** One connection; only the loop counts, so no counting is lost. */
    private final class Echo implements StreamProtocol {
        private StreamTransport transport;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
            echoes.lazySet(echoes.getPlain() + 1);
        }

        @Override
        public void pauseWriting() {
            transport.pauseReading();
        }

        @Override
        public void resumeWriting() {
            transport.resumeReading();
        }
    }
}
