package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The driver of a loop and what it serves; during an exchange also the drivers that are left, which serve what has not
 * been carried yet. {@link Migration} decides which driver serves the loop, and when that changes.
 *
 * <p>Loop thread, or the thread that has claimed the loop while it does not run; {@link #wakeup} and the names: any
 * thread.
 */
public final class DriverSeat {
    private static final CoreLog LOG = CoreLog.LOOP;

    /** Gives ports at which nothing happens: channels attached after a failure wait there for the next driver. */
    private static final IoDriver WAITING = new ParkedDriver();

    private final Kernel kernel;
    private final Map<SelectableChannel, Attachment> owned = new IdentityHashMap<>();
    private final Map<Port, Attachment> ports = new IdentityHashMap<>();
    private final Waker waker;
    // Changed by the loop's thread, read as figures by any thread.
    private final AtomicIntegerArray counts = new AtomicIntegerArray(Attachment.Kind.values().length);
    private final List<Mount> left = new ArrayList<>(2);

    // Written by the loop's thread in moveTo; pairs with the reads of other threads, which see the whole mount.
    private volatile Mount mount;

    // Written by the loop's thread around a call of another driver; read for reports of blocked loops alone.
    private volatile @Nullable IoDriverFactory beside;

    private boolean leaves;
    private boolean releasing;

    DriverSeat(Kernel kernel, @Nullable IoDriverFactory factory) throws IOException {
        this.kernel = kernel;
        this.waker = new Waker(kernel, this);
        this.mount = Mount.open(factory, kernel, this);
    }

    // ---- which driver

    /** Returns the factory of the driver, or null if the loop is parked. Any thread. */
    public @Nullable IoDriverFactory factory() {
        return mount.factory;
    }

    /** Returns the factory of the driver that is called, if one is; null if the loop is parked. Any thread. */
    public @Nullable IoDriverFactory called() {
        IoDriverFactory other = beside;
        return other != null ? other : mount.factory;
    }

    /** Notes that a driver other than the loop's own is called; null when it has returned. */
    void calls(@Nullable IoDriverFactory other) {
        beside = other;
    }

    /** Returns the name of the driver. Any thread. */
    public String driverName() {
        return mount.name();
    }

    /** Returns the name of the driver and the object that brings it, for messages. Any thread. */
    public String driverText() {
        return mount.text();
    }

    /** Tells whether the driver serves something; a parked loop accepts what the next driver may serve. Any thread. */
    public boolean serves(DriverFeature feature) {
        return mount.serves(feature);
    }

    Mount mount() {
        return mount;
    }

    /** Continues with another driver; the present one serves its channels until they are carried over. */
    void moveTo(Mount next) {
        left.add(mount);
        leaves = true;
        mount = next; // before the loop looks into the inbox again: a wake-up may reach either driver
    }

    /** Makes the driver that is left the loop's own again; the other one is left instead. */
    void turnBack() {
        Mount before = left.remove(0);
        moveTo(before);
    }

    /** Tells whether the driver that is left can serve the loop again. */
    boolean canTurnBack() {
        return left.size() == 1 && !left.get(0).isBroken();
    }

    /** Returns the first channel that is still to be carried, or null. */
    @Nullable Attachment firstLeft() {
        for (Mount each : left) {
            if (each.first() != null) {
                return each.first();
            }
        }
        return null;
    }

    /** Notes that another driver serves a channel now, and takes the channel from the one before. */
    void passTo(Mount to, Attachment attachment, @Nullable Port before) {
        Mount from = attachment.mount;
        kernel.ioHappened();
        if (from != null) {
            from.remove(attachment);
        }
        to.add(attachment);
        note(attachment);
        Throwable failure = release(from, before);
        attachment.carried();
        if (failure != null) {
            attachment.notGivenBack(failure);
        }
    }

    /** Closes the drivers that have been left. */
    void closeLeft() {
        List<Mount> closed = List.copyOf(left);
        left.clear();
        leaves = false;
        closed.forEach(each -> each.close(kernel.loopName()));
    }

    /** A driver has failed: it serves nothing any more. */
    void faulted(Mount faulty, Throwable cause) {
        kernel.ioHappened();
        kernel.migration().faulted(faulty, cause);
    }

    /** Wakes the driver. Any thread, holding nothing that a driver may wait for. */
    void wakeup() {
        Mount woken = mount;
        long turn = kernel.turns();
        Throwable failure = woken.wakeup();
        if (failure != null) {
            kernel.putSoon(() -> woken.failed(failure));
            waker.wake(woken, turn);
        }
    }

    // ---- channels

    /**
     * Lets the driver adopt a channel.
     *
     * @throws IOException if the driver cannot; the channel is then as it was
     */
    public void attach(Attachment attachment) throws IOException {
        kernel.ioHappened();
        adopt(attachment);
        mount.add(attachment);
        note(attachment);
        owned.put(attachment.channel(), attachment);
        counts.incrementAndGet(attachment.kind().ordinal());
    }

    private void adopt(Attachment attachment) throws IOException {
        Mount to = mount;
        if (to.isBroken()) {
            attachment.adopt(WAITING);
            return;
        }
        try {
            to.adopt(attachment);
        } catch (IOException e) {
            boolean isOurs = attachment.ownsChannel() && attachment.channel().isOpen();
            if (!isOurs) {
                throw e;
            }
            if (!kernel.migration().turnBack(e)) {
                throw new RefusedChannelException("driver \"" + driverName() + "\" refuses " + attachment.channel(), e);
            }
            mount.adopt(attachment); // what arrives during an exchange must not be lost with the driver that fails
        } catch (RuntimeException | Error e) {
            if (!attachment.isFaultOfDriver(e)) {
                throw e;
            }
            to.failed(e);
            attachment.adopt(WAITING);
        }
    }

    /** Takes a channel back from the driver; harmless if it is not attached. */
    public void detach(Attachment attachment) {
        Mount holder = attachment.mount;
        if (holder != null) {
            kernel.ioHappened();
            holder.remove(attachment);
            owned.remove(attachment.channel());
            counts.decrementAndGet(attachment.kind().ordinal());
            release(holder, attachment.port());
        }
    }

    private void note(Attachment attachment) {
        Port port = attachment.port();
        if (port != null) {
            ports.put(port, attachment);
        }
    }

    /** Returns the port that a driver has returned, if it is a new one: two channels of one port would mix. */
    public <P extends Port> P checked(@Nullable P answer) {
        if (answer == null) {
            throw new IllegalStateException("the driver returned null: expected a port for the channel");
        }
        if (ports.containsKey(answer)) {
            throw new IllegalStateException("the driver returned a port of another channel: expected a new one");
        }
        return answer;
    }

    /**
     * Takes a port from its driver, which is asked once more if it fails. Returns the second failure, or null: after
     * it, what the driver had to hand back is lost.
     */
    private @Nullable Throwable release(@Nullable Mount holder, @Nullable Port port) {
        if (port == null) {
            return null;
        }
        ports.remove(port);
        releasing = true;
        if (leaves && holder != null) {
            calls(holder.factory);
        }
        try {
            Throwable first = failureOfRelease(port);
            if (first == null) {
                return null;
            }
            Throwable second = failureOfRelease(port);
            LOG.log(Level.WARNING, "loop \"" + kernel.loopName()
                    + "\": a driver failed to release a port of type " + Text.ofClass(port.getClass())
                    + (second == null ? ", and did so when asked again" : ", also when asked again")
                    + "; its channel is served by another driver or closed", first);
            if (holder != null) {
                holder.failed(first);
            }
            return second;
        } finally {
            releasing = false;
            if (leaves) {
                calls(null);
            }
        }
    }

    private static @Nullable Throwable failureOfRelease(Port port) {
        try {
            port.release();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** Tells whether a channel is attached. */
    public boolean owns(SelectableChannel channel) {
        return owned.containsKey(channel);
    }

    /** Returns how many channels of a kind are attached. Any thread. */
    public int count(Attachment.Kind kind) {
        return counts.get(kind.ordinal());
    }

    /** Returns how many channels are attached. */
    int count() {
        return owned.size();
    }

    /** Returns all attachments. */
    List<Attachment> attachments() {
        return List.copyOf(owned.values());
    }

    /** Tells whether a driver is handing back what it has not delivered: no code of users may be called. */
    public boolean isReleasing() {
        return releasing;
    }

    // ---- turns

    void poll(long timeoutNanos) {
        if (leaves) {
            pollLeft();
        }
        if (mount.poll(leaves ? 0 : timeoutNanos) > 0) {
            kernel.ioHappened();
        }
    }

    /** Flushes what the last slice released, which counts as a pause; a poll that also delivers is work of the loop. */
    private void pollLeft() {
        for (Mount each : left) {
            long start = System.nanoTime();
            calls(each.factory);
            int events = each.poll(0);
            calls(null);
            if (events > 0) {
                kernel.ioHappened();
            } else {
                kernel.migration().pause(System.nanoTime() - start);
            }
        }
    }

    void dispatch() {
        Mount present = mount; // an event may turn the exchange round
        if (leaves) {
            for (Mount each : List.copyOf(left)) {
                each.dispatch();
            }
        }
        present.dispatch();
    }

    /** A run ends: what streams have kept for the next poll goes to the kernel now. */
    void flush() {
        if (leaves) {
            for (Mount each : List.copyOf(left)) {
                each.flush();
            }
        }
        mount.flush();
    }

    // ---- the end

    /** Takes every channel back and closes the drivers. */
    void closeAll() {
        for (Attachment attachment : attachments()) {
            detach(attachment);
            try {
                if (attachment.ownsChannel()) {
                    attachment.channel().close();
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG,
                        "closing a channel of closed loop \"" + kernel.loopName() + "\" failed", e);
            }
        }
        moveTo(Mount.parked(this));
        closeLeft();
    }
}
