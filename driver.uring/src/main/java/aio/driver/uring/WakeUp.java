package aio.driver.uring;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a poll from outside: a descriptor that any thread signals and the ring watches, again and again. It is never
 * read, so the kernel writes into nobody's memory for it.
 *
 * <p>Thread safety: {@link #signal} any thread, the rest the loop's.
 */
final class WakeUp implements AutoCloseable {
    private static final int AGAIN_AND_AGAIN = 1; // POLL_ADD_MULTI
    private static final int POLL_IN = 1;

    private final SystemCalls calls;
    private final int descriptor;
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

    /** Makes a poll that waits, or the next one, return at once; costs a call of the kernel once a poll. */
    void signal() {
        if (!signalled.get() && signalled.compareAndSet(false, true)) {
            synchronized (closing) { // the number may be a stranger's once it is closed
                if (!closed) {
                    SystemCalls.signal(descriptor);
                }
            }
        }
    }

    /** Has the ring watch it, if it does not. */
    void prepare(Ring ring, long user) {
        if (!watched) {
            watched = true;
            ring.prepare(Ring.POLL_ADD, 0, descriptor, 0, AGAIN_AND_AGAIN, POLL_IN, user);
        }
    }

    /** Takes a completion; what was scheduled before is looked for behind the poll. */
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
