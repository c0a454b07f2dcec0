package aio.driver.selector;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.IoDriver;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.Consumer;

/** The readiness driver of one loop. Loop thread only, except for {@link #wakeup}. */
final class SelectorDriver implements IoDriver {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String loopName;
    private final Selector selector;
    private final Consumer<SelectionKey> collector = this::collect;
    private final ReadyList listeners = new ReadyList();
    private final ReadyList others = new ReadyList();

    SelectorDriver(String loopName, Selector selector) {
        this.loopName = loopName;
        this.selector = selector;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A selector counts in milliseconds: waits are rounded up, the shortest is 1 ms, so that the loop does not spin
     * until a timer that is due in less. What an earlier poll collected and no dispatch delivered is forgotten: it is
     * still ready, so this collects it again. The interrupt flag is cleared.
     */
    @Override
    public int poll(long timeoutNanos) throws IOException {
        listeners.clear();
        others.clear();
        // with the flag set, select would return at once, for ever
        Thread.interrupted();
        try {
            if (timeoutNanos == 0) {
                selector.selectNow(collector);
            } else if (timeoutNanos < 0) {
                selector.select(collector);
            } else {
                selector.select(collector, roundedUpToMillis(timeoutNanos));
            }
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
        return listeners.size() + others.size();
    }

    static long roundedUpToMillis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
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
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new SelectorStreamPort(key, channel, events));
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new SelectorListenerPort(key, channel, events));
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (!channel.isConnectionPending()) {
            throw new IOException("no connect is pending on " + channel + ": begin one with channel.connect");
        }
        SelectionKey key = register(channel);
        return attach(key, new SelectorConnectPort(key, channel, events));
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new SelectorDatagramPort(key, channel, events));
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new SelectorWatchPort(key, channel, events));
    }

    private static <P extends SelectorPort> P attach(SelectionKey key, P port) {
        key.attach(port);
        return port;
    }

    private SelectionKey register(SelectableChannel channel) throws IOException {
        SelectionKey present = channel.keyFor(selector);
        if (present != null && present.isValid()) {
            throw new IllegalStateException("the driver of loop \"" + loopName + "\" has already adopted " + channel
                    + ": release its port first");
        }
        try {
            if (present != null) {
                forgetCancelled();
            }
            return channel.register(selector, 0);
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    /**
     * Makes the selector forget cancelled keys. The next poll finds again what is ready; a wake-up must not be lost.
     */
    private void forgetCancelled() throws IOException {
        selector.selectNow(ready -> {});
        selector.wakeup();
    }

    private IOException closed(ClosedSelectorException cause) {
        return new IOException("the selector driver of loop \"" + loopName + "\" is closed: open another one", cause);
    }

    @Override
    public void close() throws IOException {
        listeners.clear();
        others.clear();
        selector.close();
    }
}
