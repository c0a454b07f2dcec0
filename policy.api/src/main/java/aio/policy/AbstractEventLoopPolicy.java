package aio.policy;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy as asyncio's default one: a current loop for each thread, loops of the core on one driver, a child watcher.
 * To make one of your own, extend this and override what must differ.
 *
 * <p>Guaranteed calls: {@link #getEventLoop} that makes a loop (only on the main thread, see {@link MainThread}, only
 * if the core is not strict, and only if no loop was ever set there) calls {@link #newEventLoop} and then
 * {@link #setEventLoop}; both may be overridden.
 *
 * <p>Thread safety: any thread.
 */
public abstract class AbstractEventLoopPolicy implements EventLoopPolicy {
    private static final Logger LOG = System.getLogger(AbstractEventLoopPolicy.class.getName());

    private final LoopFactory loops;
    private final IoDriverFactory driver;
    private final Object watcherLock = new Object();
    private @Nullable ChildWatcher watcher;

    /** Makes a policy whose loops run on {@code driver}. */
    protected AbstractEventLoopPolicy(LoopFactory loops, IoDriverFactory driver) {
        this.loops = Objects.requireNonNull(loops, "loops");
        this.driver = Objects.requireNonNull(driver, "driver");
    }

    /**
     * Returns what the current loop is kept for: the thread, unless overridden. The answer is compared by
     * {@code equals} and held weakly, see {@link ContextSlots}.
     */
    protected Object context() {
        return Thread.currentThread();
    }

    @Override
    public EventLoop getEventLoop() {
        Object context = context();
        ContextSlots slots = loops.slots(this);
        EventLoop loop = slots.get(context);
        if (loop == null && MainThread.isCurrent() && slots.mayCreate(context)) {
            LOG.log(Level.WARNING, "There is no current event loop in thread \"" + Thread.currentThread().getName()
                    + "\": making one. Make it yourself and run it, or use EventLoops.run.");
            makeCurrent(Objects.requireNonNull(newEventLoop(), () -> "policy " + getClass().getName()
                    + " returned null from newEventLoop: a policy must answer a loop or throw"));
            loop = loops.slots(this).get(context);
        }
        if (loop == null) {
            throw new IllegalStateException("There is no current event loop in thread \""
                    + Thread.currentThread().getName() + "\": call setEventLoop first, or use EventLoops.run");
        }
        return loop;
    }

    /** A loop that cannot be set, since the child watcher refuses it, is handed to nobody, so it is closed. */
    private void makeCurrent(EventLoop made) {
        try {
            setEventLoop(made);
        } catch (RuntimeException | Error failure) {
            try {
                made.close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>On the main thread a child watcher that exists is attached to {@code loop}, also to null.
     */
    @Override
    public void setEventLoop(@Nullable EventLoop loop) {
        ChildWatcher present;
        synchronized (watcherLock) {
            present = watcher;
        }
        if (present != null && MainThread.isCurrent()) {
            present.attachLoop(loop); // first: if it refuses, the slot is as it was
        }
        loops.slots(this).set(context(), loop);
    }

    /** {@inheritDoc} It calls {@link #newEventLoop(LoopOptions)}, the one to override. */
    @Override
    public EventLoop newEventLoop() {
        return newEventLoop(LoopOptions.defaults());
    }

    @Override
    public EventLoop newEventLoop(LoopOptions options) {
        return loops.newLoop(driver, Objects.requireNonNull(options, "options"));
    }

    /** {@inheritDoc} A watcher on the core's shared reaper, made on first use, unless another one was set. */
    @Override
    public ChildWatcher getChildWatcher() {
        synchronized (watcherLock) {
            if (watcher == null) {
                watcher = loops.newChildWatcher();
            }
            return watcher;
        }
    }

    /** {@inheritDoc} The new watcher is not attached to any loop. */
    @Override
    public void setChildWatcher(@Nullable ChildWatcher next) {
        ChildWatcher previous;
        synchronized (watcherLock) {
            previous = watcher;
        }
        if (previous != null && previous != next) {
            previous.close(); // first: if it throws, it stays the one that is set
        }
        synchronized (watcherLock) {
            watcher = next;
        }
    }

    @Override
    public Optional<IoDriverFactory> driver() {
        return Optional.of(driver);
    }
}
