package aio.testkit.net;

import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.nio.channels.SelectableChannel;

/** A watched descriptor in the hands of a {@link ScriptedDriver}. */
public final class ScriptedWatch implements WatchPort {
    private final ScriptedDriver driver;
    private final SelectableChannel channel;
    private final WatchEvents events;
    private boolean reading;
    private boolean writing;
    private boolean released;

    ScriptedWatch(ScriptedDriver driver, SelectableChannel channel, WatchEvents events) {
        this.driver = driver;
        this.channel = channel;
        this.events = events;
    }

    /** Returns the channel that is watched. */
    public SelectableChannel channel() {
        return channel;
    }

    /** Makes the descriptor readable once; skipped if the loop does not want to read by then. */
    public void readable() {
        driver.post(() -> {
            if (isReading()) {
                events.readable();
            }
        });
    }

    /** Makes the descriptor writable once; skipped if the loop does not want to write by then. */
    public void writable() {
        driver.post(() -> {
            if (isWriting()) {
                events.writable();
            }
        });
    }

    /** Tells whether the loop wants to know when the descriptor can be read. */
    public synchronized boolean isReading() {
        return reading && !released;
    }

    /** Tells whether the loop wants to know when the descriptor can be written. */
    public synchronized boolean isWriting() {
        return writing && !released;
    }

    /** Tells whether the loop has taken the channel back. */
    public synchronized boolean isReleased() {
        return released;
    }

    @Override
    public synchronized void interest(boolean read, boolean write) {
        reading = read;
        writing = write;
    }

    @Override
    public synchronized void release() {
        released = true;
    }
}
