package aio.soak.node;

import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.soak.load.Faults;
import aio.soak.load.NumberedBytes;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Echoes what it has checked: a connection begins with its number, the rest must be its {@link NumberedBytes}. */
final class Echo {
    private static final int BACKLOG = 2_000;
    private static final long WAIT_SECONDS = 20;

    private final Faults faults;
    private final Server server;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder bytes = new LongAdder();

    Echo(EventLoop loop, @Nullable SSLContext context, Faults faults) throws Exception {
        this.faults = faults;
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withBacklog(BACKLOG);
        ServerOptions secured = context == null ? options : options.withTls(TlsOptions.server(context));
        server = loop.createServer(Connection::new, secured)
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    int port() {
        return server.port();
    }

    int open() {
        return open.get();
    }

    long accepted() {
        return accepted.get();
    }

    /** Returns how many checked bytes came in. */
    long bytes() {
        return bytes.sum();
    }

    void close() throws Exception {
        server.close();
        server.waitClosed().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private final class Connection implements StreamProtocol {
        private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        private StreamTransport transport;
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
            bytes.add(data.remaining());
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
                faults.add("server: connection " + head.getInt(0) + " was lost after " + position + " bytes: " + cause);
            }
        }
    }
}
