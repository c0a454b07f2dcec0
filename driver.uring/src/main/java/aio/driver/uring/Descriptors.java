package aio.driver.uring;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the descriptors of channels, and keeps them from being closed by a key at a selector of its own. A channel that
 * is closed while the ring works on it tells its peer so at once, but its number is not given to another channel before
 * {@link #flush}.
 *
 * <p>The JDK tells the descriptor if it is opened to this code. Otherwise the system does: it lists what the selector
 * asks it to watch.
 */
final class Descriptors implements AutoCloseable {
    private static final String OPENING = "--add-opens java.base/sun.nio.ch=ALL-UNNAMED";
    private static final AtomicBoolean TOLD = new AtomicBoolean(); // so that the log says it once
    private static final @Nullable Method QUICK = quick();

    private final String loopName;
    private final Selector selector;
    private final @Nullable WatchedDescriptors watched;
    private boolean stale;

    /** Opens the selector; does not ask the JDK for descriptors if {@code asksJdk} is false. */
    Descriptors(String loopName, boolean asksJdk) throws IOException {
        this.loopName = loopName;
        selector = SelectorProvider.provider().openSelector();
        try {
            watched = asksJdk && QUICK != null ? null : WatchedDescriptors.of(selector);
        } catch (IOException e) {
            selector.close();
            throw new IOException("the descriptors of channels cannot be found: " + e.getMessage()
                    + "; let the JDK tell them, with " + OPENING, e);
        }
        if (watched != null && asksJdk && TOLD.compareAndSet(false, true)) {
            DriverLog.log(Level.INFO, "the io_uring driver asks the system for the descriptor of each channel, which"
                    + " takes some microseconds; started with " + OPENING + ", the JDK tells it at once");
        }
    }

    private static @Nullable Method quick() {
        try {
            Method method = Class.forName("sun.nio.ch.SelChImpl", false, null).getMethod("getFDVal");
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Pins the descriptor of a channel until the key is {@linkplain #release released}.
     *
     * @throws IllegalStateException if it is pinned already
     */
    SelectionKey pin(SelectableChannel channel) throws IOException {
        SelectionKey present = channel.keyFor(selector);
        if (present != null && present.isValid()) {
            throw new IllegalStateException("the driver of loop \"" + loopName + "\" has already adopted " + channel
                    + ": release its port first");
        }
        try {
            if (present != null) {
                flushNow();
            }
            return channel.register(selector, 0);
        } catch (ClosedSelectorException e) {
            throw new IOException("the io_uring driver of loop \"" + loopName + "\" is closed: open another one", e);
        }
    }

    /** Returns the descriptor of a pinned channel. */
    int of(SelectionKey key) throws IOException {
        WatchedDescriptors asked = watched;
        Method quick = QUICK;
        if (asked != null || quick == null) {
            if (asked == null) {
                throw new IllegalStateException("there is no way to a descriptor: neither the JDK's own method nor"
                        + " a list of watched ones was opened");
            }
            return asked.of(key);
        }
        return told(quick, key.channel());
    }

    private static int told(Method quick, Channel channel) throws IOException {
        try {
            return (int) quick.invoke(channel);
        } catch (IllegalAccessException | InvocationTargetException | IllegalArgumentException e) {
            throw new IOException("the JDK does not tell the descriptor of " + channel, e);
        }
    }

    /** Lets the next {@link #flush} close the descriptor: nothing is in flight on it. */
    void release(SelectionKey key) {
        key.cancel();
        stale = true;
    }

    /** Closes the descriptors of released channels that are closed. */
    void flush() throws IOException {
        if (stale) {
            flushNow();
        }
    }

    /** As {@link #flush}, at once. */
    void flushNow() throws IOException {
        stale = false;
        selector.selectNow(ready -> {});
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
