package aio.soak.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * Connects again and again. Three connections of four send one request, one of them over TLS; the fourth sends much,
 * ends its half, and then reads slowly what comes back.
 */
public final class Newcomers implements Load {
    private static final int FIRST_NUMBER = 1_000_000;
    private static final int LINES = 2;
    private static final int SMALL = 512;
    private static final int CHUNK = 32_768;
    private static final int CHUNKS = 12;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long READ_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final InetSocketAddress plain;
    private final InetSocketAddress tls;
    private final SSLContext context;
    private final Latencies latencies;
    private final Faults faults;
    private final List<Thread> threads;
    private final AtomicInteger numbers = new AtomicInteger(FIRST_NUMBER);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong halfClosed = new AtomicLong();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean paused;
    private volatile boolean ended;

    /** Starts to connect. */
    public Newcomers(InetSocketAddress plain, InetSocketAddress tls, SSLContext context, Latencies latencies,
            Faults faults) {
        this.plain = plain;
        this.tls = tls;
        this.context = context;
        this.latencies = latencies;
        this.faults = faults;
        threads = IntStream.range(0, LINES).mapToObj(i -> new Thread(this::run, "soak-newcomers-" + i)).toList();
        threads.forEach(Thread::start);
    }

    private void run() {
        while (!ended) {
            LockSupport.parkNanos(REST_NANOS);
            inside.incrementAndGet();
            if (!paused && !ended) {
                come(numbers.getAndIncrement());
            }
            inside.decrementAndGet();
        }
    }

    private void come(int number) {
        boolean secure = number % 4 == 0;
        long start = System.nanoTime();
        try (Socket socket = secure ? context.getSocketFactory().createSocket() : new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(secure ? tls : plain, TIMEOUT_MILLIS);
            Exchange exchange = new Exchange(socket, number, CHUNK);
            if (number % 4 == 1) {
                closeHalf(socket, exchange);
                halfClosed.incrementAndGet();
            } else {
                exchange.request(SMALL);
                latencies.record(System.nanoTime() - start);
                exchange.end();
            }
            bytes.addAndGet(exchange.checked());
            served.incrementAndGet();
        } catch (ConnectException e) {
            refused.incrementAndGet();
            faults.add("newcomer " + number + " was refused: " + e);
        } catch (IOException e) {
            faults.add("newcomer " + number + ": " + e);
        }
    }

    private void closeHalf(Socket socket, Exchange exchange) throws IOException {
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < CHUNKS; i++) {
                    exchange.send(CHUNK);
                }
                socket.shutdownOutput();
            } catch (IOException e) {
                faults.add("a client that closes half: " + e);
            }
        }, "soak-half-closer");
        writer.start();
        exchange.readSlowly(CHUNK, () -> LockSupport.parkNanos(READ_REST_NANOS));
        if (exchange.checked() != (long) CHUNKS * CHUNK) {
            throw new IOException("closed its half and got back " + exchange.checked() + " of " + CHUNKS * CHUNK
                    + " bytes");
        }
    }

    /** Returns how many connects were refused. */
    public int refused() {
        return refused.get();
    }

    /** Returns how many connections have closed their half and got everything back. */
    public long halfClosed() {
        return halfClosed.get();
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (pause && inside.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    @Override
    public long served() {
        return served.get();
    }

    @Override
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(TIMEOUT_MILLIS);
            if (thread.isAlive()) {
                faults.add(thread.getName() + " did not end in " + TIMEOUT_MILLIS + " ms");
            }
        }
    }
}
