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
 * A policy like asyncio's default one: a current loop for each thread, loops of the core on one driver, a child
 * watcher. To write a policy, extend this class and override what must differ.
 *
 * <p>{@link #getEventLoop} makes a loop only on the main thread (see {@link MainThread}), only if no loop was ever set
 * there, and only if the core is not strict. It then calls {@link #newEventLoop} and {@link #setEventLoop}, which may
 * be overridden.
 *
 * <p>Thread safety: any thread.
 */
public abstract class AbstractEventLoopPolicy implements EventLoopPolicy {
    private static final Logger LOG = System.getLogger("aio.policy");

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
     * Returns the context for which the current loop is kept: the calling thread, unless overridden. Contexts are
     * compared by {@code equals} and held weakly, see {@link ContextSlots}.
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
            warn("There is no current event loop in thread \"" + Thread.currentThread().getName()
                    + "\": making one. Make it yourself and run it, or use EventLoops.run.");
            makeCurrent(Objects.requireNonNull(newEventLoop(), () -> "policy " + getClass().getName()
                    + " returned null from newEventLoop: a policy must return a loop or throw"));
            loop = loops.slots(this).get(context);
        }
        if (loop == null) {
            throw new IllegalStateException("There is no current event loop in thread \""
                    + Thread.currentThread().getName() + "\": call setEventLoop first, or use EventLoops.run");
        }
        return loop;
    }

    /** A log handler that throws must not keep the caller from getting a loop. */
    private static void warn(String message) {
        try {
            LOG.log(Level.WARNING, message);
        } catch (Throwable broken) {
            // the only place to report it has failed
        }
    }

    /** Closes the loop if it cannot be set, since the child watcher refuses it: then no other code has it. */
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
     * <p>On the main thread, a child watcher that was made or set before is attached to {@code loop}, also to null.
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

    /** {@inheritDoc} This calls {@link #newEventLoop(LoopOptions)}: override that method. */
    @Override
    public EventLoop newEventLoop() {
        return newEventLoop(LoopOptions.defaults());
    }

    @Override
    public EventLoop newEventLoop(LoopOptions options) {
        return loops.newLoop(driver, Objects.requireNonNull(options, "options"));
    }

    /** {@inheritDoc} Unless one was set, it is a watcher on the core's shared reaper, made on first use. */
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
