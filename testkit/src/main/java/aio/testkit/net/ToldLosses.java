package aio.testkit.net;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import aio.testkit.Await;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Records what a loop reports of its failures, and of the connections that it has lost. Any thread. */
final class ToldLosses implements ExceptionHandler {
    private static final Throwable CLEAN = new Throwable("a clean end");

    private final Map<Integer, Throwable> losses = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Override
    public void handle(EventLoop loop, ExceptionContext context) {
        add(new Throwable(context.message(), context.exception()));
    }

    /** A failure was reported. */
    void add(@Nullable Throwable failure) {
        failures.add(failure == null ? new Throwable("nothing is said") : failure);
    }

    /** The end of a connection with a port was told. */
    void lost(int port, @Nullable Throwable cause) {
        if (cause != null) {
            add(cause);
        }
        losses.merge(port, cause == null ? CLEAN : cause, (before, now) -> before == CLEAN ? now : before);
    }

    boolean isEmpty() {
        return failures.isEmpty();
    }

    /** Waits until the loss of the connection with a port is told with a cause. */
    void awaitLoss(int port) {
        Await.until("a connection that broke is told of, so far " + this,
                () -> losses.getOrDefault(port, CLEAN) != CLEAN || !losses.containsKey(port) && !isEmpty());
    }

    /** Receives bytes of a pattern until the end or {@code count}; returns how many there were, all correct. */
    long receive(BlockingClient client, BytePattern pattern, long start, long count) throws IOException {
        InputStream in = client.socket().getInputStream();
        byte[] chunk = new byte[16 * 1024];
        long received = 0;
        while (received < count) {
            int n = in.read(chunk, 0, (int) Math.min(chunk.length, count - received));
            if (n < 0) {
                return received;
            }
            pattern.check(start + received, chunk, n);
            received += n;
        }
        return received;
    }

    static int portOf(StreamTransport transport) {
        InetSocketAddress peer = (InetSocketAddress) transport.getExtraInfo(StreamTransport.PEERNAME);
        return peer.getPort();
    }

    StreamProtocol remembering(StreamProtocol protocol) {
        return new StreamProtocol() {
            private int port;

            @Override
            public void connectionMade(StreamTransport transport) {
                port = portOf(transport);
                protocol.connectionMade(transport);
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                protocol.dataReceived(data);
            }

            @Override
            public boolean eofReceived() {
                return protocol.eofReceived();
            }

            @Override
            public void pauseWriting() {
                protocol.pauseWriting();
            }

            @Override
            public void resumeWriting() {
                protocol.resumeWriting();
            }

            @Override
            public void connectionLost(@Nullable Throwable cause) {
                lost(port, cause);
            }
        };
    }

    @Override
    public String toString() {
        return "losses " + losses + ", failures " + failures;
    }
}
