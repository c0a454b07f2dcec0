package aio.driver.uring;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a poll from outside: a descriptor that any thread signals and the ring watches, again and again. It is never
 * read, so for it the kernel writes into no memory of this process.
 *
 * <p>Thread safety: {@link #signal} any thread, the rest the loop's.
 */
final class WakeUp implements AutoCloseable {
    private static final int AGAIN_AND_AGAIN = 1; // POLL_ADD_MULTI
    private static final int POLL_IN = 1;

    private final SystemCalls calls;
    private final int descriptor;

    // A caller hands work in before it swaps this; the loop writes false before it looks for work, after the poll. So a
    // caller that reads true needs no signal: the loop has not looked yet.
    private final AtomicBoolean signalled = new AtomicBoolean();

    private final Object closing = new Object();
    private boolean watched;
    private boolean closed;

    WakeUp(SystemCalls calls) throws IOException {
        this.calls = calls;
        descriptor = calls.eventDescriptor();
        if (descriptor < 0) {
            throw Refusal.of("eventfd", -descriptor);
        }
    }

    /** Makes a poll that waits, or the next one, return at once; costs one call of the kernel for each poll. */
    void signal() {
        if (!signalled.get() && signalled.compareAndSet(false, true)) {
            synchronized (closing) { // once it is closed, its number may be that of a foreign file
                if (!closed) {
                    SystemCalls.signal(descriptor);
                }
            }
        }
    }

    /** Lets the ring watch it, if it does not yet. */
    void prepare(Ring ring, long user) {
        if (!watched) {
            watched = true;
            ring.prepare(Ring.POLL_ADD, 0, descriptor, 0, AGAIN_AND_AGAIN, POLL_IN, user);
        }
    }

    /** Takes a completion; the loop looks for what was scheduled before it after the poll. */
    void completed(int flags) {
        signalled.set(false);
        if ((flags & Ring.MORE) == 0) {
            watched = false;
        }
    }

    void ringClosed() {
        watched = false;
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                calls.close(descriptor);
            }
        }
    }
}
