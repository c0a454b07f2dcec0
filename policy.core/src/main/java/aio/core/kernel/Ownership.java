package aio.core.kernel;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who may touch the state of a loop: the thread that runs it, or, while nobody does, a thread that claims it for an
 * instant (to exchange the driver, to close). Any thread.
 */
final class Ownership {
    private final String loopName;

    /** A {@link Thread} that runs the loop, or the {@link Claim} of one that does something to it. */
    private final AtomicReference<@Nullable Object> owner = new AtomicReference<>();

    private volatile @Nullable Thread runner;

    Ownership(String loopName) {
        this.loopName = loopName;
    }

    private record Claim(Thread thread) {}

    /** Returns the thread that runs the loop, or null. */
    @Nullable Thread runner() {
        return runner;
    }

    /** Tells whether this thread runs the loop. */
    boolean isRunner() {
        return Thread.currentThread() == runner;
    }

    /** Makes this thread the one that runs the loop. */
    void startRunning() {
        Thread thread = Thread.currentThread();
        for (Object holder = owner.compareAndExchange(null, thread); holder != null;
                holder = owner.compareAndExchange(null, thread)) {
            if (holder instanceof Thread other) {
                throw new IllegalStateException(
                        "loop \"" + loopName + "\" is already running, on thread \"" + other.getName() + "\"");
            }
            Thread.onSpinWait();
        }
        runner = thread;
    }

    void endRunning() {
        runner = null;
        owner.set(null);
    }

    /** Does something to the loop while nobody runs it; answers false, without doing it, if somebody does. */
    boolean ifIdle(Runnable action) {
        Thread thread = Thread.currentThread();
        Object holder = owner.get();
        if (holder instanceof Claim claim && claim.thread() == thread) {
            action.run();
            return true;
        }
        Claim claim = new Claim(thread);
        do {
            holder = owner.compareAndExchange(null, claim);
            if (holder instanceof Thread && runner != null) {
                return false;
            }
            Thread.onSpinWait(); // somebody else's claim, and the beginning and end of a run, are over in microseconds
        } while (holder != null);
        try {
            action.run();
        } finally {
            owner.set(null);
        }
        return true;
    }
}
