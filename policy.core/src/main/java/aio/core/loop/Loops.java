package aio.core.loop;

import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All open loops of this core. Any thread; no method is to be called with a lock held, for they may wait for loops that run
 * user code.
 */
public final class Loops {
    private final Origin origin;

    public Loops(Origin origin) {
        this.origin = origin;
    }

    /**
     * Makes a loop.
     *
     * @param driver null to make it parked: it runs callbacks and timers, and its channels wait for a driver
     */
    public EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Returns snapshots of all open loops, by name. */
    public List<LoopInfo> infos() {
        throw new UnsupportedOperationException();
    }

    /** Returns how many open loops run on (or go to) a driver. */
    public int countOn(IoDriverFactory driver) {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets every loop that follows exchange its driver for one of {@code target}, and waits for them: at most that long,
     * and not at all on the thread of a loop. Those that are not done go on in the background.
     */
    public ExchangeReport follow(IoDriverFactory target, long maxWaitNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets every loop that is on a driver of {@code gone}, whether it follows or not, exchange it for one of
     * {@code target}, or be parked if that is null; waits as {@link #follow} does.
     */
    public ExchangeReport evict(IoDriverFactory gone, @Nullable IoDriverFactory target, long maxWaitNanos) {
        throw new UnsupportedOperationException();
    }

    /** Ends every loop, because the core stops: protocols see {@code connectionLost} with {@code cause}. */
    public void closeAll(Throwable cause) {
        throw new UnsupportedOperationException();
    }
}
