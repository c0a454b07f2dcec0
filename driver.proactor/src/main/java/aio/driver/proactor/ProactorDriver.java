package aio.driver.proactor;

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

/**
 * The completion driver of one loop: a poll carries out the posted operations for which the kernel is ready, a dispatch
 * delivers their results. Loop thread only, except for {@link #wakeup}.
 */
final class ProactorDriver extends NioDriver {
    private static final int READ_CAPACITY = 128 * 1024; // with 64 KiB, messages of 100 KiB take two reads
    private static final int READ_BUFFERS = 8;
    private static final int WRITE_CAPACITY = 64 * 1024; // the most that one stream may have in flight
    private static final int WRITE_BUFFERS = 64;

    private final Consumer<SelectionKey> carrier = ProactorDriver::carryOut;
    private final CompletionQueue acceptCompletions = new CompletionQueue();
    private final CompletionQueue completions = new CompletionQueue();
    private final BufferPool readBuffers = new BufferPool(READ_CAPACITY, READ_BUFFERS);
    private final BufferPool writeBuffers = new BufferPool(WRITE_CAPACITY, WRITE_BUFFERS);

    ProactorDriver(String loopName, Selector selector) {
        super("proactor", loopName, selector);
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
     * <p>While there are results to deliver, this does not wait.
     */
    @Override
    public int poll(long timeoutNanos) throws IOException {
        acceptCompletions.tidy();
        completions.tidy();
        select(results() > 0 ? 0 : timeoutNanos, carrier);
        return results();
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
    protected StreamPort port(SelectionKey key, SocketChannel channel, StreamEvents events) {
        return new ProactorStreamPort(this, key, channel, events);
    }

    @Override
    protected ListenerPort port(SelectionKey key, ServerSocketChannel channel, ListenerEvents events) {
        return new ProactorListenerPort(this, key, channel, events);
    }

    @Override
    protected ConnectPort port(SelectionKey key, SocketChannel channel, ConnectEvents events) {
        return new ProactorConnectPort(this, key, channel, events);
    }

    @Override
    protected DatagramPort port(SelectionKey key, DatagramChannel channel, DatagramEvents events) {
        return new ProactorDatagramPort(this, key, channel, events);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) {
        throw new UnsupportedOperationException("the proactor driver of loop \"" + loopName()
                + "\" does not watch descriptors: use a policy whose driver does, such as the selector");
    }

    @Override
    public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        SelectionKey key = register(channel, events);
        return attach(key, new ProactorRawPort(this, key, channel, events));
    }

    @Override
    public void close() throws IOException {
        acceptCompletions.clear();
        completions.clear();
        super.close();
    }
}
