package aio.soak.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Many connections on one thread with a selector of the JDK. Each sends a request of numbered bytes at its times, and
 * the next one when all bytes of the last have come back; some send much at a time.
 */
public final class PlainClients implements Load {
    private static final int SMALL = 2_048;
    private static final int LARGE = 65_536;
    private static final int ONE_IN_IS_LARGE = 64;
    private static final long SMALL_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final long LARGE_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long SELECT_MILLIS = 5;
    private static final long END_SECONDS = 90;

    private final InetSocketAddress address;
    private final Latencies latencies;
    private final Faults faults;
    private final List<Client> clients = new ArrayList<>();
    private final PriorityQueue<Client> waiting = new PriorityQueue<>((a, b) -> Long.signum(a.due - b.due));
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGE);
    private final Random random = new Random(1);
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "soak-plain");
    private volatile boolean draining;

    /** Connects {@code count} clients, with numbers from 1 on. */
    public PlainClients(InetSocketAddress address, int count, Latencies latencies, Faults faults) throws IOException {
        this.address = address;
        this.latencies = latencies;
        this.faults = faults;
        selector = Selector.open();
        for (int number = 1; number <= count; number++) {
            clients.add(new Client(number));
        }
        thread.start();
    }

    @Override
    public long served() {
        return clients.stream().filter(client -> client.checked > 0).count();
    }

    @Override
    public long bytes() {
        return clients.stream().mapToLong(client -> client.checked).sum();
    }

    @Override
    public void close() throws InterruptedException {
        draining = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        clients.stream().filter(client -> !client.done).forEach(client -> faults.add("plain connection " + client.number
                + " did not end in " + END_SECONDS + " s: " + client.checked + " of " + client.sent
                + " bytes are back"));
    }

    private void run() {
        clients.forEach(client -> client.guarded(client::connect));
        try (selector) {
            while (clients.stream().anyMatch(client -> !client.done)) {
                selector.select(key -> ((Client) key.attachment()).ready(key), SELECT_MILLIS);
                if (draining) {
                    clients.forEach(Client::endIfDrained);
                } else {
                    sendWhatIsDue();
                }
            }
        } catch (IOException e) {
            faults.add("the plain clients cannot go on: " + e);
        }
    }

    private void sendWhatIsDue() {
        long now = System.nanoTime();
        for (Client next = waiting.peek(); next != null && next.due - now <= 0; next = waiting.peek()) {
            waiting.poll();
            next.guarded(next::begin);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** One connection. On the thread of the clients, except for what is volatile. */
    private final class Client {
        private final int number;
        private final boolean large;
        private final SocketChannel channel;
        private final ByteBuffer out;
        private long due = System.nanoTime();
        private boolean shut;
        private volatile long sent;
        private volatile long checked;
        private volatile boolean done;

        Client(int number) throws IOException {
            this.number = number;
            large = number % ONE_IN_IS_LARGE == 0;
            out = ByteBuffer.allocate(large ? LARGE : SMALL);
            out.limit(0);
            channel = SocketChannel.open();
            channel.configureBlocking(false);
        }

        void guarded(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                done = true;
                faults.add("plain connection " + number + " broke after " + checked + " bytes: " + e);
                closeQuietly();
            }
        }

        private void closeQuietly() {
            try {
                channel.close();
            } catch (IOException e) {
                faults.add("plain connection " + number + " cannot be closed: " + e);
            }
        }

        void connect() throws IOException {
            boolean connected = channel.connect(address);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                begin();
            }
        }

        void ready(SelectionKey key) {
            guarded(() -> {
                if (key.isConnectable()) {
                    channel.finishConnect();
                    begin();
                } else if (key.isReadable()) {
                    receive();
                } else if (key.isWritable()) {
                    send();
                }
            });
        }

        /** The number and the first bytes make the first request. */
        void begin() throws IOException {
            int size = large ? LARGE : 16 + random.nextInt(SMALL - 16);
            out.clear().limit(size);
            if (sent == 0) {
                out.putInt(number);
            }
            NumberedBytes.fill(out, number, Math.max(0, sent - Integer.BYTES));
            out.flip();
            sent += size;
            send();
        }

        private void send() throws IOException {
            channel.write(out);
            SelectionKey key = channel.keyFor(selector);
            int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        private void receive() throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                ended();
                return;
            }
            in.flip();
            String wrong = NumberedBytes.wrongAt(in, number, checked);
            if (wrong != null) {
                faults.add("plain connection " + number + ": " + wrong);
            }
            checked += count;
            if (checked == sent) {
                long now = System.nanoTime();
                latencies.record(now - due);
                long period = large ? LARGE_PERIOD_NANOS : SMALL_PERIOD_NANOS;
                due = now + period / 2 + random.nextInt((int) period);
                waiting.add(this);
            }
        }

        void endIfDrained() {
            if (!shut && !done && checked == sent && sent > 0) {
                guarded(() -> {
                    shut = true;
                    channel.shutdownOutput();
                });
            }
        }

        private void ended() throws IOException {
            if (!shut || checked != sent) {
                faults.add("plain connection " + number + " was ended by the server after " + checked + " of " + sent
                        + " bytes");
            }
            done = true;
            channel.close();
        }
    }
}
