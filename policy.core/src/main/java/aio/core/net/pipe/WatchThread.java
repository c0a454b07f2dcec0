package aio.core.net.pipe;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Kernel;
import aio.core.thread.Starts;
import aio.loop.LoopClosedException;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Watches one channel in place of a driver that does not watch: a thread waits for it and hands each readiness to the
 * loop before it waits again. Loop thread; only the waiting is done on the other one.
 */
final class WatchThread implements WatchPort {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Kernel kernel;
    private final SelectableChannel channel;
    private final WatchEvents events;
    private final Selector selector;
    private final SelectionKey key;

    // The loop writes these before it wakes the selector, and the thread reads them before it selects again: a wake-up
    // that comes in between makes that select return at once. The thread alone sets handing, before it posts; so one
    // event is on its way at most.
    private volatile int wanted;
    private volatile boolean handing;
    private volatile boolean released;

    private WatchThread(Kernel kernel, Selector selector, SelectionKey key, WatchEvents events) {
        this.kernel = kernel;
        this.channel = key.channel();
        this.events = events;
        this.selector = selector;
        this.key = key;
    }

    static WatchThread start(Kernel kernel, SelectableChannel channel, WatchEvents events) throws IOException {
        Selector selector = channel.provider().openSelector();
        SelectionKey key;
        try {
            key = channel.register(selector, 0);
        } catch (IOException | RuntimeException e) { // its user may have closed it
            selector.close();
            throw e;
        }
        WatchThread watch = new WatchThread(kernel, selector, key, events);
        Starts.begin(kernel.loopName() + "-pipe-watch", watch::run);
        return watch;
    }

    @Override
    public void interest(boolean reading, boolean writing) {
        wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        selector.wakeup();
    }

    @Override
    public void release() {
        released = true;
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!released) {
                key.interestOps(handing ? 0 : wanted);
                selector.select();
                selector.selectedKeys().clear();
                int ready = key.readyOps() & wanted;
                if (ready != 0 && !handing && key.interestOps() != 0) {
                    handing = true;
                    kernel.post(() -> hand(ready));
                }
            }
        } catch (CancelledKeyException | ClosedSelectorException | LoopClosedException e) {
            LOG.log(Level.TRACE, "the watch of " + channel + " is over", e);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the watch of " + channel + " of loop \"" + kernel.loopName() + "\" failed", e);
        }
    }

    private void hand(int ready) {
        try {
            if (!released && (ready & wanted & SelectionKey.OP_READ) != 0) {
                events.readable();
            }
            if (!released && (ready & wanted & SelectionKey.OP_WRITE) != 0) {
                events.writable();
            }
        } finally {
            handing = false;
            selector.wakeup();
        }
    }
}
