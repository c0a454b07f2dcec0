package aio.testkit.net;

import aio.testkit.Await;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of an echo server that check every byte, and one that connects again all the time, until they are stopped.
 * {@link #stop} tells what went wrong.
 */
public final class Traffic {
    private static final long BETWEEN_CONNECTS_NANOS = 2_000_000; // spares the system's local ports
    private static final int LARGEST = 20_000;

    private final SocketAddress address;
    private final long restNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong connects = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Traffic(SocketAddress address, Duration rest) {
        this.address = address;
        this.restNanos = rest.toNanos();
    }

    /** Starts a number of clients, and the one that connects again. */
    public static Traffic start(SocketAddress address, int clients) {
        return start(address, clients, Duration.ZERO);
    }

    /** Starts a number of clients, each of which rests after every round trip, and the one that connects again. */
    public static Traffic start(SocketAddress address, int clients, Duration rest) {
        Traffic traffic = new Traffic(address, rest);
        for (int i = 0; i < clients; i++) {
            int seed = i;
            traffic.startThread("client " + i, () -> traffic.talk(seed));
        }
        traffic.startThread("connector", traffic::connectAnew);
        return traffic;
    }

    private void startThread(String name, LoopThread.Action action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (Exception | AssertionError e) {
                        failures.add(new AssertionError(name + ": " + e, e));
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void talk(int seed) throws IOException {
        BytePattern pattern = new BytePattern(seed);
        try (BlockingClient client = BlockingClient.connect(address)) {
            long position = 0;
            for (int round = 1; !stopped; round++) {
                int size = 1 + round * 7919 % LARGEST;
                client.send(pattern.bytes(position, size));
                position = client.receive(pattern, position, size);
                roundTrips.incrementAndGet();
                LockSupport.parkNanos(restNanos);
            }
            client.shutdownOutput();
            if (!client.isAtEnd()) {
                throw new AssertionError("more came back than was sent");
            }
        }
    }

    private void connectAnew() throws IOException {
        while (!stopped) {
            try (BlockingClient client = BlockingClient.connect(address)) {
                client.send("hi");
                if (!client.receiveText(2).equals("hi")) {
                    throw new AssertionError("the answer is another one");
                }
            }
            connects.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_CONNECTS_NANOS);
        }
    }

    /** Returns how often everything that was sent came back. */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** Returns how often a new connection was served. */
    public long connects() {
        return connects.get();
    }

    /** Waits for progress that begins now. */
    public void awaitProgress() {
        long before = roundTrips.get();
        Await.until("round trips; failed: " + failures, () -> roundTrips.get() > before || !failures.isEmpty());
    }

    /** Stops the clients, and throws what went wrong. */
    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(Await.PATIENCE.toMillis());
            if (thread.isAlive()) {
                failures.add(new AssertionError(thread.getName() + " hangs"));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError first = new AssertionError(failures.size() + " of the clients failed: " + failures.peek());
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
