package aio.core.kernel;

import aio.loop.ExceptionContext;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds the driver of a loop and exchanges it between two turns, in slices: both drivers are open and served until the
 * last channel has been carried over. A channel is adopted by the new driver first and released by the old one then, so
 * it is never without a driver. If the new one fails half-way, everything goes back.
 *
 * <p>A driver is code of a bundle that may be gone: a {@link LinkageError} from it counts as a failure of the driver.
 *
 * <p>Loop thread, or the thread that has claimed the loop while it does not run; {@link #wakeup} and the names: any
 * thread.
 */
public final class DriverSeat {
    private static final Logger LOG = System.getLogger(DriverSeat.class.getName());

    // 1 ms is what a slice may take. Carrying a channel over costs 4 to 6 us, flushing its cancelled key as much in the
    // next poll, and where the set of keys of the JDK's selector grows, one of thousands costs 0.5 ms.
    private static final int SLICE = 100;
    private static final long SLICE_BUDGET_NANOS = 400_000;
    private static final int MAX_FAILURES_IN_A_ROW = 3;

    private final Kernel kernel;
    private final Wishes wishes = new Wishes();
    private final Map<SelectableChannel, Attachment> owned = new IdentityHashMap<>();
    private final AtomicIntegerArray counts = new AtomicIntegerArray(Attachment.Kind.values().length);
    private volatile Mount mount;
    private volatile @Nullable Mount leaving;
    private volatile long exchanges;
    private volatile long longestPauseNanos;
    private @Nullable IoDriverFactory target;
    private boolean targetChanged;
    private boolean goingBack;
    private boolean releasing;
    private int suspended;
    private int kept;
    private int lost;
    private int failuresInARow;

    DriverSeat(Kernel kernel, @Nullable IoDriverFactory factory) throws IOException {
        this.kernel = kernel;
        this.mount = open(factory);
        this.target = factory;
    }

    private Mount open(@Nullable IoDriverFactory factory) throws IOException {
        if (factory == null) {
            return new Mount(null, new ParkedDriver());
        }
        IoDriver driver = factory.open(kernel);
        if (driver == null) {
            throw new IOException("driver factory \"" + factory.name() + "\" (" + factory.getClass().getName()
                    + ") answered null from open: expected a driver or an IOException");
        }
        return new Mount(factory, driver);
    }

    /** Returns where the driver is from, or null if the loop is parked. Any thread. */
    public @Nullable IoDriverFactory factory() {
        return mount.factory;
    }

    /** Returns the name of the driver. Any thread. */
    public String driverName() {
        return mount.name();
    }

    /** Returns how often the driver was exchanged. Any thread. */
    public long exchanges() {
        return exchanges;
    }

    /** Returns the longest pause of the last exchange. Any thread. */
    public long longestPauseNanos() {
        return longestPauseNanos;
    }

    /** Tells whether there is something to do at the next safepoint, so that the loop must not wait. Loop thread. */
    boolean isExchanging() {
        return leaving != null || targetChanged;
    }

    void wakeup() {
        mount.driver.wakeup();
    }

    // ---- channels

    /**
     * Lets the driver adopt a channel.
     *
     * @throws IOException if it cannot; the channel is then as it was
     */
    public void attach(Attachment attachment) throws IOException {
        kernel.ioHappened();
        try {
            attachment.adopt(mount.driver);
        } catch (IOException | RuntimeException | LinkageError e) {
            if (leaving == null || goingBack || !attachment.ownsChannel() || !attachment.channel().isOpen()) {
                throw e;
            }
            goBack(e); // a connection that comes during an exchange must not be lost with the driver that fails
            attachment.adopt(mount.driver);
        }
        mount.add(attachment);
        owned.put(attachment.channel(), attachment);
        counts.incrementAndGet(attachment.kind().ordinal());
    }

    /** Takes a channel back from the driver; harmless if it is not attached. */
    public void detach(Attachment attachment) {
        Mount holder = attachment.mount;
        if (holder != null) {
            kernel.ioHappened();
            holder.remove(attachment);
            owned.remove(attachment.channel());
            counts.decrementAndGet(attachment.kind().ordinal());
            release(attachment.port());
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

    /** Returns all attachments. */
    List<Attachment> attachments() {
        List<Attachment> all = new ArrayList<>();
        Mount old = leaving;
        for (Mount each : old == null ? List.of(mount) : List.of(old, mount)) {
            for (Attachment a = each.first(); a != null; a = a.next) {
                all.add(a);
            }
        }
        return all;
    }

    private void release(@Nullable Port port) {
        if (port == null) {
            return;
        }
        releasing = true;
        try {
            port.release();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "loop \"" + kernel.loopName() + "\": a driver failed to release a port of type "
                    + port.getClass().getName() + "; its channel is served by another driver or closed", e);
        } finally {
            releasing = false;
        }
    }

    /** Tells whether a driver hands back right now what it has not delivered: no code of users may be called. */
    public boolean isReleasing() {
        return releasing;
    }

    // ---- turns

    void poll(long timeoutNanos) {
        Mount old = leaving;
        if (old != null) {
            long start = System.nanoTime();
            if (pollOne(old, 0) == 0) { // flushes what the last slice released; with events it does the loop's work
                pause(System.nanoTime() - start);
            }
        }
        pollOne(mount, old == null ? timeoutNanos : 0);
    }

    void dispatch() {
        Mount old = leaving;
        Mount present = mount; // an event may turn the exchange round
        if (old != null) {
            dispatchOne(old);
        }
        dispatchOne(present);
    }

    private void dispatchOne(Mount dispatched) {
        try {
            dispatched.driver.dispatch();
        } catch (RuntimeException | LinkageError e) {
            recover(dispatched, e); // callbacks are guarded, so this is the driver's own fault
        }
    }

    private int pollOne(Mount polled, long timeoutNanos) {
        try {
            int found = polled.driver.poll(timeoutNanos);
            if (found > 0) {
                kernel.ioHappened();
            }
            failuresInARow = 0;
            return found;
        } catch (IOException | RuntimeException | LinkageError e) {
            recover(polled, e);
            return 0;
        }
    }

    // ---- exchange

    /**
     * Wants another driver. {@code exchange} is finished when the loop is on it, or cannot be, or when yet another one
     * is wanted before that has begun.
     */
    void request(Exchange exchange) {
        if (leaving != null && !targetChanged && exchange.target() == target) {
            wishes.addUnderWay(exchange);
            return;
        }
        if (exchange.target() != target) {
            wishes.finishNext();
        }
        target = exchange.target();
        targetChanged = true;
        wishes.addNext(exchange);
        if (leaving == null && mount.factory == target) {
            wishes.finishNext();
        }
    }

    /** Wants no driver, if the present one is gone and no other one is wanted; answers whether it does. */
    boolean parkIfOn(Predicate<@Nullable IoDriverFactory> gone) {
        if (leaving != null || targetChanged && target != mount.factory || !gone.test(mount.factory)) {
            return false;
        }
        request(new Exchange(null));
        LOG.log(Level.WARNING, "loop \"" + kernel.loopName() + "\" is parked: driver \"" + mount.name()
                + "\" is gone, and no other one could take its channels: they wait for one");
        return true;
    }

    /** Does one slice of the exchange that is wanted, if any. */
    void safepoint() {
        if (leaving == null) {
            if (!targetChanged) {
                return;
            }
            targetChanged = false;
            if (mount.factory == target) {
                wishes.finishNext();
                return;
            }
        }
        long start = System.nanoTime();
        if (leaving == null && !begin()) {
            return;
        }
        boolean done = slice(start, SLICE, SLICE_BUDGET_NANOS);
        pause(System.nanoTime() - start);
        if (done) {
            complete();
        }
    }

    /** Does the whole exchange at once, because nobody runs the loop. */
    void exchangeNow() {
        while (targetChanged || leaving != null) {
            safepoint();
        }
    }

    private boolean begin() {
        IoDriverFactory wanted = target;
        wishes.begin();
        Mount next;
        try {
            next = open(wanted);
        } catch (IOException | RuntimeException | LinkageError e) {
            refuse(wanted, "cannot be opened", e);
            return false;
        }
        leaving = mount;
        mount = next; // published before the inbox is looked into again: a wake-up finds either
        goingBack = false;
        kept = 0;
        lost = 0;
        suspended = 0;
        longestPauseNanos = 0;
        return true;
    }

    /** Carries some channels over; answers whether none is left. */
    private boolean slice(long start, int most, long budgetNanos) {
        for (int i = 0; i < most; i++) {
            Attachment attachment = leaving.first(); // another one than before if a failure turned the exchange round
            if (attachment == null) {
                return true;
            }
            carry(attachment);
            if (System.nanoTime() - start > budgetNanos) {
                break;
            }
        }
        return leaving.first() == null;
    }

    private void carry(Attachment attachment) {
        kernel.ioHappened();
        Mount from = leaving;
        Mount to = mount;
        Port before = attachment.port();
        try {
            attachment.adopt(to.driver);
        } catch (IOException | RuntimeException | LinkageError e) {
            notCarried(attachment, e);
            return;
        }
        from.remove(attachment);
        to.add(attachment);
        release(before);
        attachment.carried();
        suspended += attachment.port() == null ? 1 : 0;
        kept += goingBack || !attachment.isConnection() ? 0 : 1;
    }

    private void notCarried(Attachment attachment, Throwable cause) {
        if (goingBack || !attachment.channel().isOpen()) {
            lost += attachment.ownsChannel() ? 1 : 0; // a watched channel that its user closed is no loss
            detach(attachment);
            attachment.lost(cause);
            return;
        }
        goBack(cause);
    }

    /** Makes the driver that is left the wanted one again. */
    private void goBack(Throwable cause) {
        IoDriverFactory wanted = mount.factory;
        Mount failed = mount;
        mount = leaving;
        leaving = failed;
        goingBack = true;
        kept = 0;
        refuse(wanted, "failed to adopt a channel", cause);
    }

    private void refuse(@Nullable IoDriverFactory wanted, String what, Throwable cause) {
        String text = "loop \"" + kernel.loopName() + "\" stays on driver \"" + mount.name() + "\": driver \""
                + Mount.nameOf(wanted) + "\" " + what + ": " + cause;
        LOG.log(Level.WARNING, text, cause);
        if (target == wanted) {
            target = mount.factory;
            wishes.begin(); // who has asked for the same meanwhile
        }
        wishes.stayed(text);
        if (leaving == null) {
            wishes.finishUnderWay();
        }
    }

    private void complete() {
        kernel.ioHappened();
        Mount old = leaving;
        leaving = null;
        close(old);
        boolean exchanged = !goingBack;
        if (exchanged) {
            exchanges = exchanges + 1;
        }
        wishes.count(exchanged, kept, lost, longestPauseNanos);
        if (exchanged && suspended > 0) {
            wishes.stayed(suspendedText());
        }
        kept = 0;
        lost = 0;
        goingBack = false;
        wishes.finishUnderWay();
    }

    private String suspendedText() {
        return suspended + " watched descriptor(s) or datagram endpoint(s) of loop \"" + kernel.loopName()
                + "\" are suspended: driver \"" + mount.name()
                + "\" does not serve them; they go on under one that does";
    }

    private void pause(long nanos) {
        longestPauseNanos = Math.max(longestPauseNanos, nanos);
    }

    // ---- faults and the end

    /** Replaces a driver that is broken: by a fresh one of the same kind, else the loop is parked. */
    private void recover(Mount broken, Throwable cause) {
        failuresInARow++;
        kernel.ioHappened();
        kernel.callExceptionHandler(ExceptionContext.of("driver \"" + broken.name() + "\" of loop \""
                + kernel.loopName() + "\" is broken: its channels go to a fresh one", cause));
        Mount fresh = broken == mount ? reopen(broken) : mount;
        while (broken.first() != null) {
            Attachment attachment = broken.first();
            Port before = attachment.port();
            try {
                attachment.adopt(fresh.driver);
                broken.remove(attachment);
                fresh.add(attachment);
                release(before);
                attachment.carried();
            } catch (IOException | RuntimeException | LinkageError e) {
                e.addSuppressed(cause);
                lost++;
                detach(attachment);
                attachment.lost(e);
            }
        }
        if (broken == mount) {
            mount = fresh;
            close(broken);
        } else {
            complete();
        }
    }

    private Mount reopen(Mount broken) {
        if (failuresInARow <= MAX_FAILURES_IN_A_ROW) {
            try {
                return open(broken.factory);
            } catch (IOException | RuntimeException | LinkageError e) {
                LOG.log(Level.ERROR, "loop \"" + kernel.loopName() + "\": driver \"" + broken.name()
                        + "\" cannot be opened again", e);
            }
        }
        LOG.log(Level.ERROR, "loop \"" + kernel.loopName() + "\" is parked: its channels wait for another driver;"
                + " start another policy, as in policy:list and policy:use");
        return new Mount(null, new ParkedDriver());
    }

    private void close(Mount closed) {
        try {
            closed.driver.close();
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "loop \"" + kernel.loopName() + "\": driver \"" + closed.name()
                    + "\" failed to close", e);
        }
    }

    /** Gives every channel back and closes the drivers. */
    void closeAll() {
        for (Attachment attachment : attachments()) {
            detach(attachment);
            try {
                if (attachment.ownsChannel()) {
                    attachment.channel().close();
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "closing a channel of closed loop \"" + kernel.loopName() + "\" failed", e);
            }
        }
        Mount old = leaving;
        leaving = null;
        if (old != null) {
            close(old);
        }
        close(mount);
        mount = new Mount(null, new ParkedDriver());
        wishes.finishUnderWay();
        wishes.finishNext();
    }
}
