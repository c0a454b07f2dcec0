package aio.testkit.net;

import aio.EventLoops;
import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.Await;
import aio.testkit.net.ExchangingContract.PolicyOn;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The life of one loop with traffic of every kind: it goes to a driver that fails, and leaves it for one that works.
 * Whatever the driver does, each connection carries the right bytes, or its loss is told with a cause; callbacks and
 * timers run; nothing waits for ever. The thread of the test.
 */
final class DriverLife implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 8_000;
    private static final int DATAGRAM_MILLIS = 150;
    private static final int DATAGRAM_TRIES = 20;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ToldLosses told;
    private final LoopThread running;
    private final EventLoop loop;
    private final Path file;
    private final Server echo;
    private final Server bulk;
    private final Server files;
    private int seeds;

    /** One client of the echo server. */
    private final class Talk {
        private final BlockingClient client;
        private final BytePattern pattern = new BytePattern(++seeds);
        private long position;
        private boolean lost;

        Talk() throws IOException {
            client = client(echo);
        }

        /** Sends some bytes and wants them back, unless the connection was lost and the loss is told. */
        void round(int size) throws IOException {
            if (lost) {
                return;
            }
            int port = client.localAddress().getPort();
            try {
                client.send(pattern.bytes(position, size));
                lost = told.receive(client, pattern, position, size) < size;
            } catch (SocketTimeoutException e) {
                throw new AssertionError("a connection hangs", e);
            } catch (IOException e) {
                lost = true;
            }
            position += size;
            if (lost) {
                told.awaitLoss(port);
            }
        }

        void end() throws IOException {
            if (!lost) {
                client.shutdownOutput();
                told.receive(client, pattern, position, 1);
            }
        }
    }

    /** Something that may fail, provided that its caller is told. */
    private interface Attempt {
        void run() throws Exception;
    }

    DriverLife(IoDriverFactory good, String name, Path file, ToldLosses told) {
        this.told = told;
        this.file = file;
        EventLoops.setEventLoopPolicy(new PolicyOn(good));
        loop = LoopFactory.ofClassPath().newLoop(good, LoopOptions.defaults().withName(name));
        loop.setExceptionHandler(told);
        running = LoopThread.start(loop);
        open.push(running);
        echo = serve(() -> told.remembering(new PausingEcho(loop)));
        bulk = serve(() -> told.remembering(new Pump()));
        files = serve(() -> told.remembering(new FileServer(loop, file, told)));
    }

    void live(IoDriverFactory tampered, IoDriverFactory good) throws Exception {
        Talk first = new Talk();
        Talk second = new Talk();
        first.round(10);
        second.round(2_000);
        EventLoops.setEventLoopPolicy(new PolicyOn(tampered));
        first.round(3_000);
        second.round(40_000);
        attempt(this::connectFromTheLoop);
        Talk third = new Talk();
        third.round(100);
        readAll(bulk, Pump.TOTAL, Pump.PATTERN);
        readAll(files, FileServer.SIZE, FileServer.PATTERN);
        attempt(this::exchangeDatagrams);
        attempt(this::watch);
        attempt(this::receiveRaw);
        first.round(30_000);
        first.end();
        EventLoops.setEventLoopPolicy(new PolicyOn(good));
        second.round(5_000);
        third.round(5_000);
        Talk fourth = new Talk();
        fourth.round(5_000);
        readAll(bulk, Pump.TOTAL, Pump.PATTERN);
        running.turns(1);
        running.linger(Duration.ofMillis(1));
        if (fourth.lost) {
            throw new AssertionError("a working driver is there, but a new connection is lost: " + told);
        }
    }

    // ---- streams

    private Server serve(Supplier<? extends StreamProtocol> factory) {
        Server server = NetContract.done(loop.createServer(factory, ServerOptions.at("127.0.0.1", 0)));
        open.push(server);
        return server;
    }

    private BlockingClient client(Server server) throws IOException {
        BlockingClient client = BlockingClient.connect(NetContract.addressOf(server));
        open.push(client);
        client.socket().setSoTimeout(TIMEOUT_MILLIS);
        return client;
    }

    /** Reads to the end: everything, or the sender is told of the loss. */
    private void readAll(Server server, int total, BytePattern pattern) throws IOException {
        BlockingClient client = client(server);
        long count;
        try {
            count = told.receive(client, pattern, 0, total + 1L);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("a connection that sends hangs", e);
        } catch (IOException e) {
            count = -1;
        }
        if (count != total) {
            told.awaitLoss(client.localAddress().getPort());
        }
    }

    private void connectFromTheLoop() throws Exception {
        byte[] sent = new BytePattern(77).bytes(0, 900);
        RecordingProtocol protocol = new RecordingProtocol();
        InetSocketAddress address = NetContract.addressOf(echo);
        done(loop.createConnection(() -> protocol, "127.0.0.1", address.getPort()));
        running.run(() -> protocol.transport().write(ByteBuffer.wrap(sent)));
        Await.until("the echo or the loss", () -> protocol.received().length >= sent.length
                || protocol.count("lost") > 0 || protocol.count("eof") > 0);
        new BytePattern(77).check(0, protocol.received(), protocol.received().length);
        if (protocol.received().length < sent.length) {
            throw new IOException("it was lost", protocol.awaitLost());
        }
        running.run(() -> protocol.transport().close());
    }

    // ---- other traffic

    private void exchangeDatagrams() throws Exception {
        if (!loop.supports(Feature.DATAGRAMS)) {
            return;
        }
        RecordingDatagramProtocol protocol = RecordingDatagramProtocol.echo();
        done(loop.createDatagramEndpoint(() -> protocol, DatagramOptions.at("127.0.0.1", 0)));
        InetSocketAddress address = (InetSocketAddress) protocol.transport().getExtraInfo("sockname");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(DATAGRAM_MILLIS);
            byte[] data = {1, 2, 3};
            for (int answers = 0, tries = 0; answers < 3; tries++) {
                socket.send(new DatagramPacket(data, data.length, address));
                try {
                    socket.receive(new DatagramPacket(new byte[9], 9));
                    answers++;
                } catch (SocketTimeoutException e) {
                    if (protocol.events().contains("lost")) {
                        throw new IOException("the endpoint was lost", protocol.awaitLost());
                    }
                    if (tries > DATAGRAM_TRIES) {
                        throw new AssertionError("datagrams are not answered any more: " + protocol.events(), e);
                    }
                }
            }
        }
        running.run(() -> protocol.transport().close());
    }

    private void watch() throws Exception {
        if (!loop.supports(Feature.DESCRIPTOR_WATCHING)) {
            return;
        }
        Pipe pipe = Pipe.open();
        open.push(pipe.source());
        open.push(pipe.sink());
        pipe.source().configureBlocking(false);
        AtomicInteger seen = new AtomicInteger();
        running.run(() -> loop.addReader(pipe.source(), () -> seen.addAndGet(readFrom(pipe.source()))));
        for (int sent = 1; sent <= 3; sent++) {
            pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
            int expected = sent;
            Await.until("a watched descriptor is seen to be ready, or waits for a driver that watches",
                    () -> seen.get() == expected || !loop.supports(Feature.DESCRIPTOR_WATCHING));
        }
        running.run(() -> loop.removeReader(pipe.source()));
    }

    private static int readFrom(Pipe.SourceChannel source) {
        try {
            return Math.max(0, source.read(ByteBuffer.allocate(10)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void receiveRaw() throws Exception {
        if (!loop.supports(Feature.RAW_SOCKETS)) {
            return;
        }
        try (ServerSocketChannel listening = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel one = SocketChannel.open(listening.getLocalAddress());
                SocketChannel other = listening.accept()) {
            one.configureBlocking(false);
            for (int round = 0; round < 3; round++) {
                LoopFuture<byte[]> received = loop.sockRecv(one, 10);
                running.turns(1);
                other.write(ByteBuffer.wrap(new byte[] {1, 2}));
                if (done(received).length != 2) {
                    throw new AssertionError("bytes were lost");
                }
            }
        }
    }

    // ---- waiting

    private static <T> T done(LoopFuture<T> future) throws Exception {
        return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void attempt(Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (ExecutionException e) {
            told.add(e.getCause());
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            told.add(e);
        } catch (TimeoutException e) {
            throw new AssertionError("an operation hangs", e);
        }
    }

    /** Another thread reaches the loop, and a timer runs. */
    void awaitAlive() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(2);
        loop.callSoonThreadsafe(heard::countDown);
        loop.callSoonThreadsafe(() -> loop.callLater(Duration.ofMillis(1), heard::countDown));
        if (!heard.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the loop runs no callbacks");
        }
    }

    /** Returns how the loop stands, for messages. */
    String state() {
        return loop.info() + ", of the changes " + EventLoops.policyDirectory().history();
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    // ---- protocols

    /** Echoes, and pauses now and then. */
    private static final class PausingEcho implements StreamProtocol {
        private final EventLoop loop;
        private StreamTransport transport;
        private int received;

        PausingEcho(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
            if (++received % 2 == 0) {
                transport.pauseReading();
                loop.callSoon(transport::resumeReading);
            }
        }

        @Override
        public boolean eofReceived() {
            transport.writeEof();
            return false;
        }
    }

    /** Sends much, as fast as it may, and closes. */
    private static final class Pump implements StreamProtocol {
        static final int TOTAL = 400_000;
        static final BytePattern PATTERN = new BytePattern(-1);
        private static final int CHUNK = 30_000;
        private static final byte[] BYTES = PATTERN.bytes(0, TOTAL);
        private StreamTransport transport;
        private boolean paused;
        private int sent;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
            transport.setWriteBufferLimits(5_000, 20_000);
            try {
                NetContract.shrinkBuffers(transport);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            pump();
        }

        private void pump() {
            while (!paused && sent < TOTAL && !transport.isClosing()) {
                int count = Math.min(CHUNK, TOTAL - sent);
                sent += count;
                transport.write(ByteBuffer.wrap(BYTES, sent - count, count));
            }
            if (sent == TOTAL) {
                transport.close();
            }
        }

        @Override
        public void pauseWriting() {
            paused = true;
        }

        @Override
        public void resumeWriting() {
            paused = false;
            pump();
        }
    }

    /** Sends a file and closes. */
    static final class FileServer implements StreamProtocol {
        static final int SIZE = 150_000;
        static final BytePattern PATTERN = new BytePattern(-2);
        private final EventLoop loop;
        private final Path path;
        private final ToldLosses told;

        FileServer(EventLoop loop, Path path, ToldLosses told) {
            this.loop = loop;
            this.path = path;
            this.told = told;
        }

        @Override
        public void connectionMade(StreamTransport transport) {
            try {
                FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
                loop.sendfile(transport, file).addDoneCallback(sent -> {
                    try {
                        file.close();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                    if (sent.exception() != null) {
                        told.lost(ToldLosses.portOf(transport), sent.exception());
                        transport.abort();
                    } else {
                        transport.close();
                    }
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
