package aio.testkit.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listening socket whose backlog is full: the next connect stays in progress until {@link #drain}. */
final class FullBacklog implements AutoCloseable {
    private static final int MOST = 64;
    private static final long SETTLE_NANOS = 300_000_000;

    private final ServerSocketChannel listener;
    private final List<SocketChannel> fillers = new ArrayList<>();
    private final List<SocketChannel> accepted = new ArrayList<>();

    FullBacklog() throws IOException {
        this(new InetSocketAddress("127.0.0.1", 0));
    }

    FullBacklog(InetSocketAddress at) throws IOException {
        listener = ServerSocketChannel.open().bind(at, 1);
        listener.configureBlocking(false);
        while (addFiller()) {
            if (fillers.size() > MOST) {
                close();
                throw new AssertionError("this system never fills a backlog");
            }
        }
    }

    private boolean addFiller() throws IOException {
        SocketChannel filler = SocketChannel.open();
        fillers.add(filler);
        filler.configureBlocking(false);
        filler.connect(address());
        long deadline = System.nanoTime() + SETTLE_NANOS;
        while (System.nanoTime() < deadline) {
            if (filler.finishConnect()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Accepts what waits; connects in progress get through when their systems try again. */
    void drain() throws IOException {
        SocketChannel next = listener.accept();
        while (next != null) {
            accepted.add(next);
            next = listener.accept();
        }
    }

    /** Tells whether the connection of a local port was accepted. */
    boolean hasAcceptedFrom(int port) throws IOException {
        drain();
        for (SocketChannel channel : accepted) {
            if (((InetSocketAddress) channel.getRemoteAddress()).getPort() == port) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : fillers) {
            channel.close();
        }
        for (SocketChannel channel : accepted) {
            channel.close();
        }
    }
}
