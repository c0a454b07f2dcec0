package aio.driver.proactor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures the JDK's asynchronous channels against its selector, both bare, and shows what those channels cannot do;
 * quoted in {@code docs/decisions/proactor-on-selectable-channels.md}. Not a test: run its {@code main}.
 */
final class Nio2Probe {
    private static final int CONNECTIONS = 32;
    private static final int MESSAGE = 1024;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private Nio2Probe() {}

    /** Takes half a minute. */
    public static void main(String[] args) throws Exception {
        System.out.printf("JDK %s, %s, %d processors%n", Runtime.version(), System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors());
        cancelledRead(false);
        cancelledRead(true);
        closedGroup();
        compare();
    }

    private static void compare() throws Exception {
        AsynchronousChannelGroup group =
                AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
        double[] selector = new double[ROUNDS];
        double[] asynchronous = new double[ROUNDS];
        try (AsynchronousServerSocketChannel second = echoOnAsynchronousChannels(group)) {
            SocketAddress first = echoOnSelector();
            measure(first);
            measure(second.getLocalAddress());
            for (int round = 0; round < ROUNDS; round++) {
                selector[round] = measure(first);
                asynchronous[round] = measure(second.getLocalAddress());
            }
        }
        group.shutdownNow();
        System.out.printf(Locale.ROOT, "echo of %d bytes on %d connections, round trips/s, median of %d: selector %.0f,"
                + " asynchronous channels %.0f, ratio %.2f%n", MESSAGE, CONNECTIONS, ROUNDS, median(selector),
                median(asynchronous), median(asynchronous) / median(selector));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Returns round trips per second of clients on the calling thread. */
    private static double measure(SocketAddress address) throws IOException {
        long count = 0;
        long start = System.nanoTime();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel client = SocketChannel.open(address);
                client.configureBlocking(false);
                ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
                client.register(selector, SelectionKey.OP_READ, message);
                client.write(message);
                message.clear();
            }
            while (System.nanoTime() - start < ROUND_NANOS) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    count += answered(key) ? 1 : 0;
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static boolean answered(SelectionKey key) throws IOException {
        SocketChannel client = (SocketChannel) key.channel();
        ByteBuffer message = (ByteBuffer) key.attachment();
        client.read(message);
        if (message.hasRemaining()) {
            return false;
        }
        client.write(message.flip());
        message.clear();
        return true;
    }

    private static SocketAddress echoOnSelector() throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open().bind(ANY);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    selector.select(key -> serve(selector, key, buffer));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server.getLocalAddress();
    }

    private static void serve(Selector selector, SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.channel() instanceof ServerSocketChannel server) {
                SocketChannel accepted = server.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
                return;
            }
            SocketChannel channel = (SocketChannel) key.channel();
            if (channel.read(buffer.clear()) < 0) {
                channel.close();
            } else {
                channel.write(buffer.flip());
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private static AsynchronousServerSocketChannel echoOnAsynchronousChannels(AsynchronousChannelGroup group)
            throws IOException {
        AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open(group).bind(ANY);
        server.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
            @Override
            public void completed(AsynchronousSocketChannel channel, Void nothing) {
                server.accept(null, this);
                new AsynchronousEcho(channel).read();
            }

            @Override
            public void failed(Throwable cause, Void nothing) {
                // closed at the end
            }
        });
        return server;
    }

    /** Reads, writes, reads again. */
    private static final class AsynchronousEcho implements CompletionHandler<Integer, Boolean> {
        private final AsynchronousSocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

        AsynchronousEcho(AsynchronousSocketChannel channel) {
            this.channel = channel;
        }

        void read() {
            channel.read(buffer.clear(), true, this);
        }

        @Override
        public void completed(Integer count, Boolean wasRead) {
            if (wasRead && count >= 0) {
                channel.write(buffer.flip(), false, this);
            } else if (!wasRead && buffer.hasRemaining()) {
                channel.write(buffer, false, this);
            } else if (!wasRead) {
                read();
            } else {
                close();
            }
        }

        @Override
        public void failed(Throwable cause, Boolean wasRead) {
            close();
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A read in flight cannot be taken back: the channel cannot be read again. */
    private static void cancelledRead(boolean mayInterrupt) throws Exception {
        try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open().bind(ANY);
                AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(server.getLocalAddress()).get();
            try (AsynchronousSocketChannel peer = server.accept().get()) {
                Future<Integer> read = channel.read(ByteBuffer.allocate(10));
                System.out.println("cancel(" + mayInterrupt + ") of a read in flight: " + read.cancel(mayInterrupt));
                peer.write(ByteBuffer.wrap(new byte[] {1, 2, 3})).get();
                System.out.println("reading again: " + readAgain(channel));
            }
        }
    }

    private static String readAgain(AsynchronousSocketChannel channel) throws InterruptedException {
        try {
            return channel.read(ByteBuffer.allocate(10)).get(2, TimeUnit.SECONDS) + " bytes";
        } catch (IllegalStateException | ExecutionException | TimeoutException e) {
            return e.toString();
        }
    }

    /** A channel lives and ends with the group that it was opened in. */
    private static void closedGroup() throws Exception {
        AsynchronousChannelGroup group =
                AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
        try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open().bind(ANY);
                AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group)) {
            channel.connect(server.getLocalAddress()).get();
            System.out.println("fit for a selector: " + (((Object) channel) instanceof SelectableChannel));
            group.shutdown();
            System.out.println("its group ends while it is open: "
                    + group.awaitTermination(1, TimeUnit.SECONDS));
            group.shutdownNow();
            System.out.println("open when its group is ended: " + channel.isOpen());
        }
    }
}
