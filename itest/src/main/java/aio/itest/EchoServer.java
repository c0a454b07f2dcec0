package aio.itest;

import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Echoes what it has checked: each connection starts with its number, four bytes; the rest must be its
 * {@link NumberedBytes}. Records what went wrong.
 */
final class EchoServer implements AutoCloseable {
    private static final int BACKLOG = 2_000;
    private static final long WAIT_SECONDS = 20;

    private final Server server;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> lost = new ConcurrentLinkedQueue<>();

    private EchoServer(EventLoop loop) throws Exception {
        server = loop.createServer(Echo::new, ServerOptions.at("127.0.0.1", 0).withBacklog(BACKLOG))
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    static EchoServer on(EventLoop loop) throws Exception {
        return new EchoServer(loop);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.addresses().get(0);
    }

    int open() {
        return open.get();
    }

    int accepted() {
        return accepted.get();
    }

    /** Returns the faults: wrong bytes, connections that broke. */
    Queue<String> faults() {
        return faults;
    }

    /** Returns the causes with which connections were lost. */
    Queue<Throwable> lost() {
        return lost;
    }

    @Override
    public void close() throws Exception {
        server.close();
        server.abortClients();
        server.waitClosed().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private final class Echo implements StreamProtocol {
        private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        private @Nullable StreamTransport transport;
        private long position;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
            open.incrementAndGet();
            accepted.incrementAndGet();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            ByteBuffer echo = data.duplicate();
            while (head.hasRemaining() && data.hasRemaining()) {
                head.put(data.get());
            }
            if (data.hasRemaining()) {
                long wrong = NumberedBytes.firstWrong(data, head.getInt(0), position);
                if (wrong >= 0) {
                    faults.add("server: connection " + head.getInt(0) + " has a wrong byte at " + wrong);
                }
                position += data.remaining();
            }
            transport.write(echo);
        }

        @Override
        public void pauseWriting() {
            transport.pauseReading();
        }

        @Override
        public void resumeWriting() {
            transport.resumeReading();
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            open.decrementAndGet();
            if (cause != null) {
                lost.add(cause);
                faults.add("server: connection " + head.getInt(0) + " was lost after " + position + " bytes: " + cause);
            }
        }
    }
}
