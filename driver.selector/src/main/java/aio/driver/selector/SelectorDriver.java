package aio.driver.selector;

import aio.driver.nio.NioDriver;
import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** The readiness driver of one loop. Loop thread only, except for {@link #wakeup}. */
final class SelectorDriver extends NioDriver {
    private final Consumer<SelectionKey> collector = this::collect;
    private final ReadyList listeners = new ReadyList();
    private final ReadyList others = new ReadyList();

    SelectorDriver(String loopName, Selector selector) {
        super("selector", loopName, selector);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What an earlier poll collected and no dispatch delivered is forgotten: it is still ready, so this collects it
     * again.
     */
    @Override
    public int poll(long timeoutNanos) throws IOException {
        listeners.clear();
        others.clear();
        select(timeoutNanos, collector);
        return listeners.size() + others.size();
    }

    /** Does not look into the port: for many connections that would be one more cache miss each. */
    private void collect(SelectionKey key) {
        int operations;
        try {
            operations = key.readyOps();
        } catch (CancelledKeyException closedByAnotherThread) {
            return;
        }
        ReadyList list = (operations & SelectionKey.OP_ACCEPT) != 0 ? listeners : others;
        list.add((SelectorPort) key.attachment(), operations);
    }

    /** {@inheritDoc} Listening sockets come first, so that new connections get in however busy the others are. */
    @Override
    public void dispatch() {
        listeners.deliver();
        others.deliver();
    }

    @Override
    protected StreamPort port(SelectionKey key, SocketChannel channel, StreamEvents events) {
        return new SelectorStreamPort(key, channel, events);
    }

    @Override
    protected ListenerPort port(SelectionKey key, ServerSocketChannel channel, ListenerEvents events) {
        return new SelectorListenerPort(key, channel, events);
    }

    @Override
    protected ConnectPort port(SelectionKey key, SocketChannel channel, ConnectEvents events) {
        return new SelectorConnectPort(key, channel, events);
    }

    @Override
    protected DatagramPort port(SelectionKey key, DatagramChannel channel, DatagramEvents events) {
        return new SelectorDatagramPort(key, channel, events);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        SelectionKey key = register(channel, events);
        return attach(key, new SelectorWatchPort(key, channel, events));
    }

    @Override
    public void close() throws IOException {
        listeners.clear();
        others.clear();
        super.close();
    }
}
