package aio.itest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Many connections to an {@link EchoServer} that send numbered bytes and check what comes back, all the time, on one
 * thread with a selector of the JDK: nothing of the code under test is used here.
 */
final class EchoClients implements AutoCloseable {
    private static final int CHUNK = 512;
    private static final long SELECT_MILLIS = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final InetSocketAddress address;
    private final List<Client> clients = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean draining;
    private volatile boolean ended;

    private EchoClients(InetSocketAddress address, int count) throws IOException {
        this.address = address;
        this.selector = Selector.open();
        this.thread = new Thread(this::run, "itest-clients");
        for (int number = 1; number <= count; number++) {
            clients.add(new Client(number));
        }
    }

    /** Connects {@code count} clients and waits until each of them has had an echo. */
    static EchoClients connect(InetSocketAddress address, int count) throws Exception {
        EchoClients made = new EchoClients(address, count);
        made.thread.start();
        made.awaitProgress();
        return made;
    }

    Queue<String> faults() {
        return faults;
    }

    /** Waits until every connection has sent and got back at least one whole chunk more. */
    void awaitProgress() throws Exception {
        long[] goals = clients.stream().mapToLong(client -> client.checked + 2 * CHUNK).toArray();
        Await.until(LIMIT, "every connection continues" + faults, () -> !faults.isEmpty() || reached(goals));
        if (!faults.isEmpty()) {
            throw new AssertionError(faults.toString());
        }
    }

    private boolean reached(long[] goals) {
        for (int i = 0; i < goals.length; i++) {
            if (clients.get(i).checked < goals[i]) {
                return false;
            }
        }
        return true;
    }

    /** Sends no more, waits until every byte has come back, ends every connection in order; returns how many bytes. */
    long finish() throws Exception {
        draining = true;
        selector.wakeup();
        Await.until(LIMIT, "every byte has come back" + faults,
                () -> !faults.isEmpty() || clients.stream().allMatch(client -> client.done));
        return clients.stream().mapToLong(client -> client.checked).sum();
    }

    @Override
    public void close() throws Exception {
        ended = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(20));
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private void run() {
        for (Client client : clients) {
            client.guarded(client::connect);
        }
        while (!ended && faults.isEmpty()) {
            try {
                selector.select(key -> ((Client) key.attachment()).ready(key), SELECT_MILLIS);
                if (draining) {
                    clients.forEach(Client::endIfDrained);
                }
            } catch (IOException e) {
                faults.add("clients: " + e);
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * One connection. On the thread of the clients, except for what is volatile, which it writes and the test reads.
     */
    private final class Client {
        private final int number;
        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocate(CHUNK);
        private final ByteBuffer in = ByteBuffer.allocate(CHUNK);
        private final int head = Integer.BYTES;
        private long sent;
        private boolean shut;
        private volatile long checked;
        private volatile boolean done;

        Client(int number) throws IOException {
            this.number = number;
            this.channel = SocketChannel.open();
            channel.configureBlocking(false);
            out.limit(0);
        }

        void guarded(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                faults.add("client: connection " + number + " broke after " + checked + " bytes: " + e);
            }
        }

        void connect() throws IOException {
            boolean connected = channel.connect(address);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                send();
            }
        }

        void ready(SelectionKey key) {
            guarded(() -> {
                if (key.isConnectable()) {
                    channel.finishConnect();
                    send();
                } else if (key.isReadable()) {
                    receive();
                } else if (key.isWritable()) {
                    send();
                }
            });
        }

        /** The number and the first bytes make the first chunk; the next one is sent when it has come back. */
        private void send() throws IOException {
            if (!out.hasRemaining() && !draining) {
                out.clear();
                if (sent == 0) {
                    out.putInt(number);
                }
                NumberedBytes.fill(out, number, Math.max(0, sent - head));
                out.flip();
                sent += out.remaining();
            }
            channel.write(out);
            channel.keyFor(selector).interestOps(
                    out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        private void receive() throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                ended();
                return;
            }
            in.flip();
            check();
            if (checked == sent) {
                send();
            }
        }

        private void check() {
            long position = checked;
            while (in.hasRemaining() && position < head) {
                if (in.get() != (byte) (number >>> 8 * (head - 1 - (int) position))) {
                    faults.add("client: connection " + number + " got back another number");
                }
                position++;
            }
            long wrong = NumberedBytes.firstWrong(in, number, position - head);
            if (wrong >= 0) {
                faults.add("client: connection " + number + " got back a wrong byte at " + wrong);
            }
            checked = position + in.remaining();
        }

        void endIfDrained() {
            if (!shut && !done && checked == sent) {
                guarded(() -> {
                    shut = true;
                    channel.shutdownOutput();
                });
            }
        }

        private void ended() throws IOException {
            if (!shut || checked != sent) {
                faults.add("client: connection " + number + " was ended by the server after " + checked + " of " + sent
                        + " bytes");
            }
            done = true;
            channel.close();
        }
    }
}
