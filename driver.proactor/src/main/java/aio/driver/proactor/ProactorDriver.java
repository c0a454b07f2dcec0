package aio.driver.proactor;

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

/**
 * The completion driver of one loop: a poll carries out the posted operations for which the kernel is ready, a dispatch
 * delivers their results. Loop thread only, except for {@link #wakeup}.
 */
final class ProactorDriver implements IoDriver {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int READ_CAPACITY = 128 * 1024; // with 64 KiB, messages of 100 KiB take two reads
    private static final int READ_BUFFERS = 8;
    private static final int WRITE_CAPACITY = 64 * 1024; // the most that one stream may have in flight
    private static final int WRITE_BUFFERS = 64;

    private final String loopName;
    private final Selector selector;
    private final Consumer<SelectionKey> carrier = ProactorDriver::carryOut;
    private final CompletionQueue acceptCompletions = new CompletionQueue();
    private final CompletionQueue completions = new CompletionQueue();
    private final BufferPool readBuffers = new BufferPool(READ_CAPACITY, READ_BUFFERS);
    private final BufferPool writeBuffers = new BufferPool(WRITE_CAPACITY, WRITE_BUFFERS);

    ProactorDriver(String loopName, Selector selector) {
        this.loopName = loopName;
        this.selector = selector;
    }

    CompletionQueue acceptCompletions() {
        return acceptCompletions;
    }

    CompletionQueue completions() {
        return completions;
    }

    BufferPool readBuffers() {
        return readBuffers;
    }

    BufferPool writeBuffers() {
        return writeBuffers;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits are rounded up to milliseconds, so that the loop does not spin until a timer that is due in less. While
     * there are results to deliver, this does not wait. The interrupt flag is cleared.
     */
    @Override
    public int poll(long timeoutNanos) throws IOException {
        acceptCompletions.tidy();
        completions.tidy();
        // with the flag set, select would return at once, for ever
        Thread.interrupted();
        try {
            if (timeoutNanos == 0 || results() > 0) {
                selector.selectNow(carrier);
            } else if (timeoutNanos < 0) {
                selector.select(carrier);
            } else {
                selector.select(carrier, roundedUpToMillis(timeoutNanos));
            }
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
        return results();
    }

    static long roundedUpToMillis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    }

    private int results() {
        return acceptCompletions.size() + completions.size();
    }

    private static void carryOut(SelectionKey key) {
        int operations;
        try {
            operations = key.readyOps();
        } catch (CancelledKeyException closedByAnotherThread) {
            return;
        }
        ((ProactorPort) key.attachment()).ready(operations);
    }

    /** {@inheritDoc} Accepted connections come first, so that new ones get in however busy the others are. */
    @Override
    public void dispatch() {
        acceptCompletions.deliverAll();
        completions.deliverAll();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new ProactorStreamPort(this, key, channel, events));
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new ProactorListenerPort(this, key, channel, events));
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
        return attach(key, new ProactorConnectPort(this, key, channel, events));
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new ProactorDatagramPort(this, key, channel, events));
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) {
        throw new UnsupportedOperationException("the proactor driver of loop \"" + loopName
                + "\" does not watch descriptors: use a policy whose driver does, such as the selector");
    }

    @Override
    public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        SelectionKey key = register(channel);
        return attach(key, new ProactorRawPort(this, key, channel, events));
    }

    private static <P extends ProactorPort> P attach(SelectionKey key, P port) {
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
                forgetReleased();
            }
            return channel.register(selector, 0);
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    /**
     * Makes the selector forget cancelled keys. This is not a poll: the next poll finds again what is ready, and
     * carries it out; a wake-up is kept.
     */
    private void forgetReleased() throws IOException {
        selector.selectNow(ready -> {});
        selector.wakeup();
    }

    private IOException closed(ClosedSelectorException cause) {
        return new IOException("the proactor driver of loop \"" + loopName + "\" is closed: open another one", cause);
    }

    @Override
    public void close() throws IOException {
        acceptCompletions.clear();
        completions.clear();
        selector.close();
    }
}
