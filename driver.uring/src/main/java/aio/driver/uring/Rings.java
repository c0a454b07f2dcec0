package aio.driver.uring;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * The ring of the loop's present thread, and all that is in flight there. Loop thread only.
 *
 * <p>A ring belongs to the thread that made it. When the loop has moved to another thread, the next call makes a new
 * ring and asks it for what was asked of the old one: between two calls nothing is received, so nothing is lost.
 */
final class Rings implements AutoCloseable {
    /** Completions that no port waits for. */
    static final long IGNORED = -1;

    private static final long WAKE_UP = -2;
    private static final int ENTRIES = 1024;
    private static final int COMPLETIONS = 8192;
    private static final int PATIENCE = 1000;
    private static final long PATIENCE_NANOS = 10_000_000;

    private final SystemCalls calls;
    private final boolean deferred;
    private final @Nullable ReceiveBuffers buffers;
    private final PortTable ports;
    private final WakeUp wakeUp;
    private final PortQueue<UringStreamPort> sending = new PortQueue<>();
    private @Nullable Ring present;
    private boolean woken;

    Rings(SystemCalls calls, boolean deferred, @Nullable ReceiveBuffers buffers, PortTable ports) throws IOException {
        this.calls = calls;
        this.deferred = deferred;
        this.buffers = buffers;
        this.ports = ports;
        this.wakeUp = new WakeUp(calls);
    }

    WakeUp wakeUp() {
        return wakeUp;
    }

    /** Returns the ring of this thread; makes it if there is none. */
    Ring ofThisThread() throws IOException {
        Ring before = present;
        Thread thread = Thread.currentThread();
        if (before != null && before.isOf(thread)) {
            return before;
        }
        boolean alone = deferred && !thread.isVirtual(); // a virtual thread enters from several carriers
        Ring next = new Ring(calls, ENTRIES, COMPLETIONS, Ring.SIZED | (alone ? Ring.DEFERRED : 0));
        try {
            if (before != null) {
                leave(before);
            }
            if (buffers != null) {
                buffers.register(next);
            }
        } catch (IOException e) {
            next.close();
            throw e;
        }
        present = next;
        return next;
    }

    /** The loop has moved. */
    private void leave(Ring left) throws IOException {
        try {
            takeCompletions(left);
        } finally {
            left.close();
            present = null;
            ports.forEach(UringPort::ringClosed);
            wakeUp.ringClosed();
        }
    }

    void prepareWakeUp(Ring ring) {
        wakeUp.prepare(ring, WAKE_UP);
    }

    /** Notes that the port has prepared a send. */
    void sends(UringStreamPort port) {
        sending.add(port);
    }

    /** Tells whether the loop was woken, so that a poll must not wait. */
    boolean isWoken() {
        return woken;
    }

    /** A poll returns: the loop is awake. */
    void forgetWakeUp() {
        woken = false;
    }

    /**
     * Submits, waits and takes the completions. Afterwards no send is in flight: the kernel carries one out when it
     * takes it.
     *
     * @param nanos the longest wait if there is no completion; 0 for none, negative for without limit
     */
    void enter(Ring ring, long nanos) throws IOException {
        try {
            ring.enter(nanos);
            takeCompletions(ring);
            for (int tries = 0; ring.unsubmitted() > 0 || ring.isOverflown(); tries++) {
                if (tries == PATIENCE) {
                    throw new IOException("io_uring does not take " + ring.unsubmitted() + " operations, tried "
                            + PATIENCE + " times");
                }
                ring.enter(0);
                takeCompletions(ring);
            }
        } catch (IOException e) {
            ring.takeBack();
            throw e;
        } finally {
            while (sending.size() > 0) {
                sending.take().submitted(ring);
            }
        }
    }

    private void takeCompletions(Ring ring) throws IOException {
        while (ring.next()) {
            long user = ring.user();
            int result = ring.result();
            int flags = ring.flags();
            ring.seen();
            if (user == WAKE_UP) {
                woken = true;
                wakeUp.completed(flags);
            } else if (user != IGNORED) {
                UringPort port = ports.find(user);
                int kind = PortTable.kind(user);
                if ((flags & Ring.MORE) == 0) {
                    port.end(kind);
                }
                port.completed(kind, result, flags);
            }
        }
    }

    /** Ends all that is in flight on a port: returns when the kernel has confirmed it. */
    void withdraw(UringPort port) {
        try {
            Ring ring = ofThisThread();
            if (ring.isFull()) {
                enter(ring, 0);
            }
            if (port.withdrawAll(ring)) {
                enter(ring, 0);
            }
            for (int tries = 0; port.withdrawAll(ring); tries++) {
                if (tries == PATIENCE) {
                    throw new IllegalStateException("io_uring does not end the operations on " + port.key.channel());
                }
                enter(ring, PATIENCE_NANOS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the operations on " + port.key.channel() + " cannot be ended", e);
        }
    }

    /** Closes the ring, with what is in flight; {@code failed} receives what could not be ended before. */
    void close(Consumer<IllegalStateException> failed) {
        Ring last = present;
        if (last != null && last.isOf(Thread.currentThread())) {
            ports.forEach(port -> {
                try {
                    withdraw(port);
                } catch (IllegalStateException e) {
                    failed.accept(e);
                }
            });
        }
        close();
    }

    @Override
    public void close() {
        wakeUp.close();
        if (present != null) {
            present.close();
            present = null;
        }
    }
}
