package aio.soak.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** Many connections over TLS, each a socket of the JDK on a thread of its own. */
public final class TlsClients implements Load {
    private static final int FIRST_NUMBER = 500_000;
    private static final int MOST = 20_000; // more than a record
    private static final int TIMEOUT_MILLIS = 90_000;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private final InetSocketAddress address;
    private final SSLContext context;
    private final Latencies latencies;
    private final Faults faults;
    private final List<Thread> threads;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong served = new AtomicLong();
    private volatile boolean draining;

    /** Connects {@code count} clients. */
    public TlsClients(InetSocketAddress address, SSLContext context, int count, Latencies latencies, Faults faults) {
        this.address = address;
        this.context = context;
        this.latencies = latencies;
        this.faults = faults;
        threads = IntStream.range(0, count).mapToObj(i -> new Thread(() -> run(FIRST_NUMBER + i), "soak-tls-" + i))
                .toList();
        threads.forEach(Thread::start);
    }

    private void run(int number) {
        Random random = new Random(number);
        try (Socket socket = context.getSocketFactory().createSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(address, TIMEOUT_MILLIS);
            Exchange exchange = new Exchange(socket, number, MOST);
            exchange.request(MOST);
            served.incrementAndGet();
            while (!draining) {
                long rest = PERIOD_NANOS / 2 + random.nextInt((int) PERIOD_NANOS);
                long due = System.nanoTime() + rest;
                LockSupport.parkNanos(rest);
                long before = exchange.checked();
                exchange.request(16 + random.nextInt(MOST - 16));
                bytes.addAndGet(exchange.checked() - before);
                latencies.record(System.nanoTime() - due);
            }
            bytes.addAndGet(MOST);
            exchange.end();
        } catch (IOException e) {
            faults.add("TLS connection " + number + ": " + e);
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
        draining = true;
        threads.forEach(LockSupport::unpark);
        for (Thread thread : threads) {
            thread.join(TIMEOUT_MILLIS);
            if (thread.isAlive()) {
                faults.add(thread.getName() + " did not end in " + TIMEOUT_MILLIS + " ms");
            }
        }
    }
}
