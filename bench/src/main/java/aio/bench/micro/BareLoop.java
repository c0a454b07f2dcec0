package aio.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The minimum of a loop: a queue of callbacks or of handles of them, a selector that is polled once a turn, or none,
 * and a {@link PriorityQueue} of timers, in which cancelled ones stay until they come to the head or are more than half
 * of more than 100, as in asyncio. It runs on the calling thread.
 */
final class BareLoop implements MeasuredLoop {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final @Nullable Selector selector;
    private final boolean handles;
    private @Nullable Pipe silence;
    private boolean finished;
    private long made;
    private int cancelled;

    BareLoop(boolean polls, boolean handles) throws IOException {
        selector = polls ? Selector.open() : null;
        this.handles = handles;
    }

    @Override
    public void soon(Runnable callback) {
        ready.addLast(handles ? new Handle(callback) : callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        throw new UnsupportedOperationException("the bare loop has one thread: measure another subject");
    }

    @Override
    public Object later(Delay delay, Runnable callback) {
        Timer timer = new Timer(System.nanoTime() + delay.nanos(), made++, callback);
        timers.add(timer);
        return timer;
    }

    @Override
    public void cancel(Object timer) {
        ((Timer) timer).callback = null;
        cancelled++;
    }

    @Override
    public int serveEcho() {
        throw new UnsupportedOperationException("the bare loop serves no connections: measure another subject");
    }

    @Override
    public void watchSilence() throws IOException {
        if (selector != null) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false).register(selector, SelectionKey.OP_READ);
            silence = pipe;
        }
    }

    @Override
    public void run(Runnable first) {
        ready.addLast(first);
        finished = false;
        try {
            while (!finished) {
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        if (selector != null) {
            selector.selectNow();
        }
        if (!timers.isEmpty()) {
            collectDue();
        }
        for (int left = ready.size(); left > 0; left--) {
            ready.pollFirst().run();
        }
    }

    private void collectDue() {
        if (timers.size() > 100 && cancelled > timers.size() / 2) {
            timers.removeIf(timer -> timer.callback == null);
            cancelled = 0;
        }
        long now = System.nanoTime();
        for (Timer first = timers.peek(); first != null; first = timers.peek()) {
            Runnable callback = first.callback;
            if (callback == null) {
                cancelled--;
            } else if (first.deadline - now > 0) {
                return;
            } else {
                ready.addLast(callback);
            }
            timers.poll();
        }
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (selector != null) {
            selector.close();
        }
        if (silence != null) {
            silence.source().close();
            silence.sink().close();
        }
    }

    /** A callback that could be cancelled. */
    private static final class Handle implements Runnable {
        @Nullable Runnable callback;

        Handle(Runnable callback) {
            this.callback = callback;
        }

        @Override
        public void run() {
            Runnable present = callback;
            if (present != null) {
                present.run();
            }
        }
    }

    /** A callback with its deadline. */
    private static final class Timer implements Comparable<Timer> {
        final long deadline;
        final long number;
        @Nullable Runnable callback;

        Timer(long deadline, long number, Runnable callback) {
            this.deadline = deadline;
            this.number = number;
            this.callback = callback;
        }

        @Override
        public int compareTo(Timer other) {
            long difference = deadline - other.deadline;
            return difference == 0 ? Long.compare(number, other.number) : Long.signum(difference);
        }
    }
}
