package aio.bench.picture;

import java.io.EOFException;
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
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Connections to an echo server, each of which has a request due in each period. A request that is due while the echo
 * of the last one is outstanding is sent after that, and its time counts from when it was due, so that a server that
 * stands still is seen to be slow. One thread serves all connections and divides the time into slices.
 */
final class Traffic implements AutoCloseable {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_MILLIS = 1;

    private final Selector selector = Selector.open();
    private final Histogram times = new Histogram(LONGEST_NANOS, 3);
    private final List<Slice> slices = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final long sliceNanos;
    private final long periodNanos;
    private final Thread thread = new Thread(this::serve, "traffic");
    private @Nullable Throwable failure;
    private long begin;
    private volatile boolean ending;

    /** Connects all. */
    Traffic(InetSocketAddress server, int connections, int size, Duration period, Duration slice)
            throws IOException {
        sliceNanos = slice.toNanos();
        periodNanos = period.toNanos();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ,
                    new Connection(channel, i, size, periodNanos * i / connections));
        }
    }

    /** Begins to send. */
    void start() {
        thread.start();
    }

    /** Continues for a while. */
    void goOn(Duration time) throws InterruptedException {
        thread.join(time.toMillis());
        requireAlive();
    }

    /** Continues until a time by {@link System#nanoTime()}. */
    void goOnUntil(long nanos) throws InterruptedException {
        long millis = (nanos - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
            goOn(Duration.ofMillis(millis));
        }
    }

    private void requireAlive() {
        if (!thread.isAlive()) {
            throw new IllegalStateException("the traffic ended too early", failure);
        }
    }

    /** Sends nothing more, and waits for the outstanding echoes; an echo that does not come is a loss. */
    void end() throws InterruptedException {
        ending = true;
        selector.wakeup();
        thread.join();
        if (failure != null) {
            throw new IllegalStateException("the traffic failed", failure);
        }
    }

    /** Returns all slices, after the end. */
    List<Slice> slices() {
        return List.copyOf(slices);
    }

    /** Returns why connections were lost, after the end: an entry for each. */
    List<String> losses() {
        return List.copyOf(losses);
    }

    private void serve() {
        try {
            begin = System.nanoTime();
            for (SelectionKey key : selector.keys()) {
                connection(key).due += begin;
            }
            while (!ending) {
                selector.select(this::ready, LOOK_MILLIS);
                long now = System.nanoTime();
                sendDue(now);
                cut(now);
            }
            long limit = System.nanoTime() + PATIENCE_NANOS;
            while (waiting() > 0 && System.nanoTime() < limit) {
                selector.select(this::ready, LOOK_MILLIS);
            }
            long silent = waiting();
            for (long i = 0; i < silent; i++) {
                losses.add("no echo");
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void sendDue(long now) {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && !connection(key).waiting && connection(key).due <= now) {
                send(key, now);
            }
        }
    }

    private long waiting() {
        return selector.keys().stream().filter(key -> key.isValid() && connection(key).waiting).count();
    }

    private void cut(long now) {
        if (now - begin >= sliceNanos) {
            long echoes = times.getTotalCount();
            slices.add(new Slice(begin, now, echoes, echoes == 0 ? 0 : times.getValueAtPercentile(99),
                    echoes == 0 ? 0 : times.getMaxValue()));
            times.reset();
            begin = now;
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = connection(key);
        try {
            if (key.isWritable()) {
                connection.write(key);
            }
            if (key.isReadable() && connection.read()) {
                long now = System.nanoTime();
                times.recordValue(Math.min(now - connection.since, LONGEST_NANOS));
                if (!ending && connection.due <= now) {
                    send(key, connection.due);
                }
            }
        } catch (IOException e) {
            lose(key, e);
        }
    }

    /** Sends the next request, whose time counts from {@code since}. */
    private void send(SelectionKey key, long since) {
        try {
            connection(key).begin(since);
            connection(key).due += periodNanos;
            connection(key).write(key);
        } catch (IOException e) {
            lose(key, e);
        }
    }

    private void lose(SelectionKey key, IOException cause) {
        losses.add(cause.toString());
        key.cancel();
        connection(key).close();
    }

    private static Connection connection(SelectionKey key) {
        return (Connection) key.attachment();
    }

    @Override
    public void close() throws IOException {
        ending = true;
        for (SelectionKey key : selector.keys()) {
            connection(key).close();
        }
        selector.close();
    }

    /** One connection with one request. */
    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer out;
        private final ByteBuffer in;
        private long number;
        private long since;
        private long due;
        private boolean waiting;

        Connection(SocketChannel channel, int id, int size, long firstDue) {
            this.channel = channel;
            out = ByteBuffer.allocateDirect(size);
            in = ByteBuffer.allocateDirect(size);
            number = (long) id << 40;
            due = firstDue;
        }

        void begin(long from) {
            out.clear().putLong(0, ++number).putLong(out.capacity() - Long.BYTES, number);
            in.clear();
            since = from;
            waiting = true;
        }

        void write(SelectionKey key) throws IOException {
            channel.write(out);
            int interest = SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0);
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        }

        /** Reads, and returns whether the echo is complete. */
        boolean read() throws IOException {
            if (!waiting) {
                throw new IOException("bytes without a request");
            }
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (in.hasRemaining()) {
                return false;
            }
            if (in.flip().mismatch(out.clear()) >= 0) {
                throw new IOException("wrong bytes as echo of request " + number);
            }
            waiting = false;
            return true;
        }

        void close() {
            waiting = false;
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close " + channel, e);
            }
        }
    }
}
