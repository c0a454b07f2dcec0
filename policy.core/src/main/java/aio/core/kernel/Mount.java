package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.loop.LoopExit;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open driver and what it serves, as a linked list in the order of arrival. A driver is code of a bundle that may
 * be faulty or gone: whatever it throws is noted as its fault, and it serves nothing any more. Loop thread, except for
 * {@link #wakeup}.
 */
final class Mount {
    private static final CoreLog LOG = CoreLog.LOOP;

    /** The factory of the driver; null if the loop is parked. */
    final @Nullable IoDriverFactory factory;

    private final IoDriver driver;
    private final Set<DriverFeature> features; // asked for once
    private final DriverSeat seat;
    private @Nullable Attachment first;
    private @Nullable Attachment last;
    private @Nullable Throwable fault;

    private Mount(
            @Nullable IoDriverFactory factory, IoDriver driver, Set<DriverFeature> features, DriverSeat seat) {
        this.factory = factory;
        this.driver = driver;
        this.features = features;
        this.seat = seat;
    }

    /** Returns a mount without a driver: what is attached waits. */
    static Mount parked(DriverSeat seat) {
        return new Mount(null, new ParkedDriver(), EnumSet.allOf(DriverFeature.class), seat);
    }

    /**
     * Opens a driver, null for none.
     *
     * @throws IOException if it cannot be opened, whatever the factory throws
     */
    static Mount open(@Nullable IoDriverFactory factory, DriverContext context, DriverSeat seat) throws IOException {
        if (factory == null) {
            return parked(seat);
        }
        IoDriver driver;
        Set<DriverFeature> features;
        seat.calls(factory);
        try {
            driver = factory.open(context);
            features = DriverCalls.featuresOf(factory);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("driver factory \"" + DriverCalls.nameOf(factory) + "\" failed to open a driver: "
                    + Text.of(e), e);
        } finally {
            seat.calls(null);
        }
        if (driver == null) {
            throw new IOException("driver factory " + DriverCalls.textOf(factory) + " returned null from open:"
                    + " expected a driver or an IOException");
        }
        return new Mount(factory, driver, features, seat);
    }

    // ---- the driver

    /** Tells whether the driver has failed: it is not called any more, and is to be replaced. */
    boolean isBroken() {
        return fault != null;
    }

    @Nullable Throwable fault() {
        return fault;
    }

    /** Notes that the driver has failed: it serves nothing, and the next safepoint replaces it. */
    void failed(Throwable cause) {
        if (fault == null) {
            fault = cause;
            seat.faulted(this, cause);
        }
    }

    /** Polls; returns how much there is to deliver, 0 with a fault if the driver fails. */
    int poll(long timeoutNanos) {
        if (fault != null) {
            return 0;
        }
        try {
            return driver.poll(timeoutNanos);
        } catch (Throwable e) {
            failed(e);
            return 0;
        }
    }

    void dispatch() {
        if (fault != null) {
            return;
        }
        try {
            driver.dispatch();
        } catch (LoopExit e) {
            throw e; // of a callback, where everything else is caught
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** Makes the driver give to the kernel what it keeps for the next poll. */
    void flush() {
        if (fault != null) {
            return;
        }
        try {
            driver.flush();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** Wakes the driver; returns the failure of a second attempt, or null. Any thread. */
    @Nullable Throwable wakeup() {
        try {
            driver.wakeup();
            return null;
        } catch (Throwable once) {
            try {
                driver.wakeup();
                LOG.log(Level.WARNING,
                        "driver " + text() + " failed to wake its loop, and did so when asked again", once);
                return null;
            } catch (Throwable twice) {
                return twice;
            }
        }
    }

    void close(String loopName) {
        seat.calls(factory);
        try {
            driver.close();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "loop \"" + loopName + "\": driver " + text()
                    + " failed to close", e);
        } finally {
            seat.calls(null);
        }
    }

    // ---- what it serves

    /** Tells whether the driver serves something besides streams, listeners and connects. Any thread. */
    boolean serves(DriverFeature feature) {
        return features.contains(feature);
    }

    /**
     * Lets the driver adopt a channel if it serves its kind; else the channel waits for a driver that does.
     *
     * @throws IOException if the driver cannot; the channel is then as it was
     */
    void adopt(Attachment attachment) throws IOException {
        DriverFeature needed = attachment.needs();
        if (needed == null) {
            attachment.adopt(driver);
        } else if (serves(needed)) {
            adoptWith(needed, attachment);
        } else {
            attachment.suspend();
        }
    }

    private void adoptWith(DriverFeature needed, Attachment attachment) throws IOException {
        try {
            attachment.adopt(driver);
        } catch (UnsupportedOperationException e) {
            throw new IllegalStateException("driver " + text() + " refuses " + attachment.channel()
                    + ", although its factory tells that it serves " + needed, e);
        }
    }

    @Nullable Attachment first() {
        return first;
    }

    void add(Attachment attachment) {
        attachment.mount = this;
        attachment.previous = last;
        attachment.next = null;
        if (last == null) {
            first = attachment;
        } else {
            last.next = attachment;
        }
        last = attachment;
    }

    void remove(Attachment attachment) {
        if (attachment.previous == null) {
            first = attachment.next;
        } else {
            attachment.previous.next = attachment.next;
        }
        if (attachment.next == null) {
            last = attachment.previous;
        } else {
            attachment.next.previous = attachment.previous;
        }
        attachment.mount = null;
        attachment.previous = null;
        attachment.next = null;
    }

    /** Returns the name that people see. */
    String name() {
        return DriverCalls.nameOf(factory);
    }

    /** Returns the name and the identity of the factory, for messages. */
    String text() {
        return DriverCalls.textOf(factory);
    }
}
