package aio.driver.nio;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.IoDriver;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.Port;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
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
 * A driver of one loop on a selector. The port of a channel is the attachment of its key. Loop thread only, except for
 * {@link #wakeup}.
 */
public abstract class NioDriver implements IoDriver {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String kind;
    private final String loopName;
    private final Selector selector;

    /**
     * Makes a driver.
     *
     * @param kind the word for the driver in messages, such as {@code selector}
     * @param selector closed with the driver
     */
    protected NioDriver(String kind, String loopName, Selector selector) {
        this.kind = kind;
        this.loopName = loopName;
        this.selector = selector;
    }

    /** Returns the port of an adopted stream, with no interest yet. */
    protected abstract StreamPort port(SelectionKey key, SocketChannel channel, StreamEvents events);

    /** Returns the port of an adopted listening socket, with no interest yet. */
    protected abstract ListenerPort port(SelectionKey key, ServerSocketChannel channel, ListenerEvents events);

    /** Returns the port of a pending connect, which it completes. */
    protected abstract ConnectPort port(SelectionKey key, SocketChannel channel, ConnectEvents events);

    /** Returns the port of an adopted datagram socket, with no interest yet. */
    protected abstract DatagramPort port(SelectionKey key, DatagramChannel channel, DatagramEvents events);

    /**
     * Selects, and passes each ready key to {@code action}. A selector counts in milliseconds: waits are rounded up,
     * the shortest is 1 ms, so that the loop does not spin until a timer that is due in less. The interrupt flag is
     * cleared, or the selector would return at once, for ever.
     *
     * @param timeoutNanos as for {@link #poll}
     * @throws IOException if the driver is closed, or the selector is broken
     */
    protected final void select(long timeoutNanos, Consumer<SelectionKey> action) throws IOException {
        Thread.interrupted();
        try {
            if (timeoutNanos == 0) {
                selector.selectNow(action);
            } else if (timeoutNanos < 0) {
                selector.select(action);
            } else {
                selector.select(action, roundedUpToMillis(timeoutNanos));
            }
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    static long roundedUpToMillis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    }

    @Override
    public final void wakeup() {
        selector.wakeup();
    }

    @Override
    public final StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        SelectionKey key = register(channel, events);
        return attach(key, port(key, channel, events));
    }

    @Override
    public final ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        SelectionKey key = register(channel, events);
        return attach(key, port(key, channel, events));
    }

    @Override
    public final ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (!channel.isConnectionPending()) {
            throw new IOException("no connect is pending on " + channel + ": begin one with channel.connect");
        }
        SelectionKey key = register(channel, events);
        return attach(key, port(key, channel, events));
    }

    @Override
    public final DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        SelectionKey key = register(channel, events);
        return attach(key, port(key, channel, events));
    }

    /** Makes a port the one that the key finds. */
    protected static <P extends Port> P attach(SelectionKey key, P port) {
        key.attach(port);
        return port;
    }

    /**
     * Registers a channel, with no interest.
     *
     * @throws IllegalStateException if this driver has adopted the channel already
     * @throws IOException if the channel or the driver is closed
     */
    protected final SelectionKey register(SelectableChannel channel, Object events) throws IOException {
        Objects.requireNonNull(events, "events");
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
     * Makes the selector forget cancelled keys. This is not a poll: the next one finds again what is ready, and returns
     * at once if a wake-up was meant for it.
     */
    private void forgetReleased() throws IOException {
        selector.selectNow(ready -> {});
        selector.wakeup();
    }

    private IOException closed(ClosedSelectorException cause) {
        return new IOException("the " + kind + " driver of loop \"" + loopName + "\" is closed: open another one",
                cause);
    }

    /** Returns the name of the loop, for messages. */
    protected final String loopName() {
        return loopName;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
