package aio.bench.echo.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The connections to one server. Each sends its next request as soon as the echo of the last one is complete. */
final class Load implements AutoCloseable {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /**
     * Below the backlog of the servers: a full backlog would show the kernel's retransmission timer, not the server.
     */
    private static final int WAITING_AT_ONCE = 2000;
    private static final int CONNECTS_IN_TURN = 50;
    private static final int CONNECTIONS_PER_ADDRESS = 10_000; // of about 28,000 ports

    // each process starts elsewhere: what an earlier one has used is not free for a minute
    private static int addresses = (int) (ProcessHandle.current().pid() * 97 % 62_500);

    private final Selector selector = Selector.open();
    private final Consumer<SelectionKey> ready = this::ready;
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private final Histogram newcomers = new Histogram(LONGEST_NANOS, 3);
    private final InetSocketAddress server;
    private final @Nullable SSLContext tls;
    private final Payload payload;
    private final ByteBuffer in;
    private int clients;
    private int waiting;
    private long errors;
    private volatile long deadline;

    Load(InetSocketAddress server, int size, @Nullable SSLContext tls) throws IOException {
        this.server = server;
        this.tls = tls;
        payload = new Payload(size, tls == null);
        int room = Math.max(size + 1, 32 * 1024);
        in = tls == null ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
    }

    /**
     * Connects all at once, each sends one request; returns how long it took until all were echoed, in nanoseconds.
     */
    long open(int connections) throws IOException {
        List<Client> prepared = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            prepared.add(prepare(i % CONNECTIONS_PER_ADDRESS == 0 ? nextAddress() : address(), false));
        }
        long start = System.nanoTime();
        deadline = start; // no second request
        for (int i = 0; i < connections; i++) {
            connect(prepared.get(i));
            if (i % CONNECTS_IN_TURN == CONNECTS_IN_TURN - 1) {
                selector.selectNow(ready);
            }
            while (waiting >= WAITING_AT_ONCE && System.nanoTime() - start < PATIENCE.toNanos()) {
                selector.select(ready, 100);
            }
        }
        drain();
        return System.nanoTime() - start;
    }

    /**
     * Keeps all connections busy for a while, and connects new ones all the time if asked; returns how long it took.
     */
    long run(Duration duration, Duration betweenNewcomers) throws IOException {
        latencies.reset();
        newcomers.reset();
        errors = 0;
        long start = System.nanoTime();
        deadline = start + duration.toNanos();
        for (SelectionKey key : selector.keys()) {
            send((Client) key.attachment(), System.nanoTime());
        }
        if (betweenNewcomers.isZero()) {
            while (waiting > 0 && System.nanoTime() < deadline) {
                selector.select(ready, 100);
            }
        } else {
            runWithNewcomers(start, betweenNewcomers.toNanos());
        }
        drain();
        return System.nanoTime() - start;
    }

    private void runWithNewcomers(long start, long between) throws IOException {
        long next = start;
        for (long now = start; now < deadline; now = System.nanoTime()) {
            if (now >= next) {
                connect(prepare(address(), true));
                next += between;
            }
            selector.select(ready, Math.max(1, (next - now) / 1_000_000));
        }
    }

    /** Lets a run end now. Any thread. */
    void stop() {
        deadline = System.nanoTime();
        selector.wakeup();
    }

    /** Waits for what is outstanding, within reason; an echo that does not come is an error. */
    private void drain() throws IOException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (waiting > 0 && System.nanoTime() < limit) {
            selector.select(ready, 100);
        }
        if (waiting > 0) {
            report(waiting + " requests had no echo after " + PATIENCE);
            errors += waiting;
            waiting = 0;
        }
    }

    /** Each opening has an address of its own, so that ports which earlier ones left in TIME_WAIT do not run out. */
    private static InetSocketAddress nextAddress() {
        addresses++;
        return address();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress("127.1." + addresses / 250 % 250 + "." + (addresses % 250 + 1), 0);
    }

    private Client prepare(InetSocketAddress from, boolean newcomer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(from);
        int id = ++clients;
        Client client = tls == null
                ? new Client(channel, payload, in, id, newcomer)
                : new TlsClient(tls, channel, payload, in, id, newcomer);
        client.key = channel.register(selector, 0, client);
        return client;
    }

    private void connect(Client client) {
        client.since = System.nanoTime();
        expect(client);
        try {
            if (client.channel.connect(server)) {
                connected(client);
            } else {
                client.key.interestOps(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            failed(client, e);
        }
    }

    private void ready(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (key.isConnectable()) {
                client.channel.finishConnect();
                connected(client);
                return;
            }
            if (key.isWritable()) {
                client.writable();
            }
            if (key.isReadable() && client.readable()) {
                answered(client);
            }
        } catch (IOException e) {
            failed(client, e);
        }
    }

    private static void connected(Client client) throws IOException {
        client.key.interestOps(SelectionKey.OP_READ);
        client.connected();
    }

    private void answered(Client client) throws IOException {
        settle(client);
        long now = System.nanoTime();
        if (client.newcomer) {
            newcomers.recordValue(Math.min(now - client.since, LONGEST_NANOS));
            client.channel.close();
            return;
        }
        latencies.recordValue(Math.min(now - client.since, LONGEST_NANOS));
        if (now < deadline) {
            send(client, now);
        }
    }

    private void send(Client client, long now) {
        client.since = now;
        expect(client);
        try {
            client.send();
        } catch (IOException e) {
            failed(client, e);
        }
    }

    private void expect(Client client) {
        client.waiting = true;
        waiting++;
    }

    private void settle(Client client) {
        if (client.waiting) {
            client.waiting = false;
            waiting--;
        }
    }

    private void failed(Client client, IOException cause) {
        settle(client);
        errors++;
        report("connection failed: " + cause);
        try {
            client.channel.close();
        } catch (IOException e) {
            report("cannot close " + client.channel + ": " + e);
        }
    }

    private void report(String what) {
        if (errors < 10) {
            System.err.println("load of " + server + ": " + what);
        }
    }

    Histogram latencies() {
        return latencies;
    }

    Histogram newcomers() {
        return newcomers;
    }

    long errors() {
        return errors;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
