package aio.driver.uring;

import aio.driver.uring.Abilities.Receiving;
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
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * The io_uring driver of one loop. A poll submits what the ports have prepared, all of a turn at once, waits, and takes
 * the completions: one call of the kernel. Loop thread only, except for {@link #wakeup}.
 */
final class UringDriver implements IoDriver {
    private static final int OWN_BUFFER_BYTES = 256 * 1024; // asyncio's max_size of a read; touched as used

    private final String loopName;
    private final Arena arena;
    private final SystemCalls calls;
    private final Abilities abilities;
    private final Tuning tuning;
    private final Descriptors descriptors;
    private final @Nullable ReceiveBuffers buffers;
    private final SendSlots slots;
    private final ByteBuffer ownBuffer;
    private final PortTable ports = new PortTable();
    private final Rings rings;
    private final PortQueue<UringPort> unprepared = new PortQueue<>();
    private final PortQueue<UringPort> listeners = new PortQueue<>();
    private final PortQueue<UringPort> others = new PortQueue<>();
    private @Nullable Thread batching;
    private boolean closed;

    /** Opens a driver, which closes the arena at its end. */
    UringDriver(String loopName, Arena arena, SystemCalls calls, Abilities abilities, Tuning tuning)
            throws IOException {
        this.loopName = loopName;
        this.arena = arena;
        this.calls = calls;
        this.abilities = abilities;
        this.tuning = tuning;
        this.buffers = abilities.receiving() == Receiving.BY_POLL ? null
                : new ReceiveBuffers(calls, abilities.receiving(), arena);
        this.slots = new SendSlots(calls, arena);
        this.ownBuffer = calls.map("a buffer", OWN_BUFFER_BYTES, -1, 0, arena).asByteBuffer();
        this.descriptors = new Descriptors(loopName, tuning.asksJdk());
        try {
            this.rings = new Rings(calls, abilities.deferred(), buffers, ports);
        } catch (IOException e) {
            descriptors.close();
            throw e;
        }
    }

    /** Makes a ring for this thread, so that a system that refuses one does so before the loop relies on it. */
    void start() throws IOException {
        rings.ofThisThread();
    }

    // ---- turns

    /**
     * {@inheritDoc} What an earlier poll collected and no dispatch delivered is kept. The interrupt flag is cleared.
     */
    @Override
    public int poll(long timeoutNanos) throws IOException {
        checkOpen();
        Ring ring = rings.ofThisThread();
        Thread.interrupted();
        descriptors.flush();
        batching = abilities.silentSends() ? Thread.currentThread() : null;
        prepareAll(ring);
        boolean wait = !rings.isWoken() && listeners.size() == 0 && others.size() == 0;
        rings.enter(ring, wait ? timeoutNanos : 0);
        rings.forgetWakeUp();
        return listeners.size() + others.sum(UringPort::results);
    }

    private void prepareAll(Ring ring) throws IOException {
        rings.prepareWakeUp(ring);
        long end = unprepared.end();
        while (unprepared.hasBefore(end)) {
            if (ring.isFull()) {
                rings.enter(ring, 0);
            }
            unprepared.take().prepareNow(ring);
        }
    }

    /** {@inheritDoc} Listening sockets come first, so that new connections get in however busy the others are. */
    @Override
    public void dispatch() {
        while (listeners.size() > 0) {
            listeners.take().deliverNow();
        }
        long end = others.end(); // those that come meanwhile: in the next turn
        while (others.hasBefore(end)) {
            others.take().deliverNow();
        }
    }

    /** {@inheritDoc} From now until the next poll, what is written goes to the kernel at once. */
    @Override
    public void flush() throws IOException {
        batching = null;
        if (unprepared.size() > 0 && !closed) {
            Ring ring = rings.ofThisThread();
            prepareAll(ring);
            rings.enter(ring, 0);
        }
    }

    @Override
    public void wakeup() {
        rings.wakeUp().signal();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the io_uring driver of loop \"" + loopName + "\" is closed: open another one");
        }
    }

    // ---- for the ports

    /** Ends all that is in flight on a port: returns when the kernel has confirmed it. */
    void withdraw(UringPort port) {
        if (!closed) {
            rings.withdraw(port);
        }
    }

    Descriptors descriptors() {
        return descriptors;
    }

    PortTable ports() {
        return ports;
    }

    /** Returns the buffers that the kernel receives into, or null if streams read. */
    @Nullable ReceiveBuffers buffers() {
        return buffers;
    }

    Tuning tuning() {
        return tuning;
    }

    SendSlots slots() {
        return slots;
    }

    SystemCalls calls() {
        return calls;
    }

    /** Returns a buffer to read into right before a delivery. */
    ByteBuffer ownBuffer() {
        return ownBuffer;
    }

    /**
     * Tells whether a poll is to come that gives the kernel what is written; for another thread there may be none.
     */
    boolean isBatching() {
        return batching == Thread.currentThread();
    }

    /** Returns the place of the port among those that prepare in the next poll; {@code NO_PLACE} if none is to come. */
    long prepareSoon(UringPort port) {
        return closed ? PortQueue.NO_PLACE : unprepared.add(port);
    }

    void prepareNever(UringPort port, long place) {
        unprepared.remove(port, place);
    }

    /** Returns the place of the port among those that deliver in the next dispatch, as above. */
    long deliverSoon(UringPort port) {
        return closed ? PortQueue.NO_PLACE : waiting(port).add(port);
    }

    void deliverNever(UringPort port, long place) {
        waiting(port).remove(port, place);
    }

    private PortQueue<UringPort> waiting(UringPort port) {
        return port.comesFirst() ? listeners : others;
    }

    void sends(UringStreamPort port) {
        rings.sends(port);
    }

    void released(UringPort port) {
        if (closed) {
            return;
        }
        descriptors.release(port.key);
        if (port.comesFirst()) {
            try {
                descriptors.flushNow(); // until then the kernel still listens on a closed socket
            } catch (IOException e) {
                DriverLog.log(Level.DEBUG, "loop \"" + loopName + "\" could not let a listening socket go at once", e);
            }
        }
    }

    // ---- adoption

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        return adopted(channel, key -> new UringStreamPort(this, key, channel, events));
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        return adopted(channel, key -> new UringListenerPort(this, key, channel, events));
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
        return adopted(channel, key -> new UringConnectPort(this, key, channel, events));
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        return adopted(channel, key -> new UringDatagramPort(this, key, channel, events));
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        Objects.requireNonNull(events, "events");
        return adopted(channel, key -> new UringWatchPort(this, key, channel, events));
    }

    /** Makes the port of a pinned channel. */
    private interface PortMaker<P> {
        P make(SelectionKey key) throws IOException;
    }

    private <P> P adopted(SelectableChannel channel, PortMaker<P> maker) throws IOException {
        checkOpen();
        SelectionKey key = descriptors.pin(channel);
        try {
            return maker.make(key);
        } catch (IOException | RuntimeException e) {
            descriptors.release(key);
            descriptors.flushNow();
            throw e;
        }
    }

    // ---- the end

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        rings.close(failure -> DriverLog.log(Level.DEBUG, "the io_uring driver of loop \"" + loopName
                + "\" is closed with operations in flight", failure));
        closed = true;
        int lent = buffers == null ? 0 : buffers.lent();
        int taken = slots.taken();
        ports.forEach(UringPort::driverClosed);
        unprepared.clear();
        listeners.clear();
        others.clear();
        try {
            descriptors.close();
        } finally {
            arena.close();
        }
        if (lent + taken > 0) {
            DriverLog.log(Level.DEBUG, "the io_uring driver of loop \"" + loopName + "\" was closed with " + lent
                    + " buffers and " + taken + " slots in use");
        }
    }
}
