package aio.bench.swap;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.EventLoopPolicy;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An echo server whose policy is changed on order. It begins with {@code port <port> <thread of the loop>}. Orders and
 * replies, times in nanoseconds:
 *
 * <pre>
 * settle &lt;connections>        settled, when so many have had an echo since the order, and a moment later
 * use &lt;policy> &lt;window>       done &lt;time> &lt;longest pause> &lt;connections> &lt;echoes before>
 *                             &lt;in time> &lt;echoes during> &lt;in time>
 * idle &lt;time> &lt;window>        the same, while nothing is exchanged
 * hold &lt;times> &lt;window>       the same, while the loop is held up once a turn for as long as a slice may take
 * </pre>
 *
 * Before is the window that ends where the exchange begins; during is the exchange, and the rest of a window that
 * begins with it.
 */
public final class PolicyServer {
    private static final int BACKLOG = 4096;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BETWEEN_LOOKS_NANOS = 200_000;
    private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String LOOP_THREAD = "measured-loop"; // the kernel keeps 15 characters
    private static final Logger POLICY_LOG = Logger.getLogger("aio.policy");

    private final Map<String, EventLoopPolicy> policies = Map.of(
            "selector", EventLoops.policy("winselector"),
            "other selector", EventLoops.policy("default"),
            "proactor", EventLoops.policy("winproactor"));
    private final AtomicLong echoes = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final EventLoop loop;
    private volatile int settling;

    private PolicyServer() {
        EventLoops.setEventLoopPolicy(policies.get("selector"));
        loop = EventLoops.newEventLoop();
    }

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        POLICY_LOG.setLevel(Level.WARNING);
        PolicyServer server = new PolicyServer();
        new Thread(server.loop::runForever, LOOP_THREAD).start();
        Server listening = server.loop.createServer(
                server::echo, ServerOptions.at("127.0.0.1", 0).withBacklog(BACKLOG)).get();
        int port = ((InetSocketAddress) listening.addresses().get(0)).getPort();
        System.out.println("port " + port + " " + threadOfLoop());
        server.takeOrders();
    }

    private static String threadOfLoop() throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().equals(LOOP_THREAD)) {
                    return thread.getFileName().toString();
                }
            }
        }
        throw new IOException("no thread \"" + LOOP_THREAD + "\" in /proc/self/task: expected a Linux with /proc");
    }

    private Echo echo() {
        return new Echo();
    }

    private void takeOrders() {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(obey(order.split(" ")));
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("server ends, its orders cannot be read or obeyed: " + e);
        }
        System.exit(0);
    }

    private String obey(String[] order) {
        if (order[0].equals("settle")) {
            return settle(Long.parseLong(order[1]));
        }
        long window = Long.parseLong(order[2]);
        long echoesFirst = echoes.get();
        long first = System.nanoTime();
        waitUntil(first + window);
        long echoesBefore = echoes.get();
        long start = System.nanoTime();
        long pause = 0;
        switch (order[0]) {
            case "use" -> pause = use(policies.get(order[1].replace('-', ' ')), start).longestPause().toNanos();
            case "hold" -> pause = new Hold(Integer.parseInt(order[1])).longest();
            default -> waitUntil(start + Long.parseLong(order[1]));
        }
        long took = System.nanoTime() - start;
        waitUntil(start + window);
        long echoesDuring = echoes.get() - echoesBefore;
        long during = System.nanoTime() - start;
        return "done " + took + " " + pause + " " + loop.info().connections() + " " + (echoesBefore - echoesFirst) + " "
                + (start - first) + " " + echoesDuring + " " + during;
    }

    private String settle(long connections) {
        answered.set(0);
        settling++;
        long start = System.nanoTime();
        while (answered.get() < connections) {
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                throw new IllegalStateException("only " + answered + " of " + connections
                        + " connections have had an echo");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        waitUntil(System.nanoTime() + SETTLING_NANOS);
        return "settled";
    }

    private LoopInfo use(EventLoopPolicy policy, long start) {
        long exchanges = loop.info().exchanges();
        EventLoops.setEventLoopPolicy(policy);
        LoopInfo after = loop.info();
        while (after.exchanges() == exchanges) { // with many connections the caller does not wait until the end
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                throw new IllegalStateException("the loop did not follow to \"" + policy + "\": it is on "
                        + after.driver().orElse("none"));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            after = loop.info();
        }
        return after;
    }

    private static void waitUntil(long end) {
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
    }

    /** Spins on the loop, once a turn. What takes longer than the spinning was done by the machine, not by the loop. */
    private final class Hold implements Runnable {
        private static final long NANOS = 400_000; // a slice of an exchange

        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private int left;
        private long longest;

        Hold(int times) {
            left = times;
        }

        long longest() {
            loop.callSoonThreadsafe(this);
            return done.join();
        }

        @Override
        public void run() {
            if (left-- == 0) {
                done.complete(longest);
                return;
            }
            long start = System.nanoTime();
            long held = 0;
            while (held < NANOS) {
                held = System.nanoTime() - start;
            }
            longest = Math.max(longest, held);
            loop.callSoon(this);
        }
    }

    /** One connection; only the loop counts, so no count is lost. */
    private final class Echo implements StreamProtocol {
        private StreamTransport transport;
        private int settled;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
            echoes.lazySet(echoes.getPlain() + 1);
            int now = settling;
            if (settled != now) {
                settled = now;
                answered.incrementAndGet();
            }
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
