package aio.soak.node;

import aio.loop.EventLoop;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import aio.soak.load.Faults;
import aio.soak.load.NumberedBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts children one after the other; each returns its input, and ends with a status that is not 0. */
final class Children {
    private static final List<String> COMMAND = List.of("/bin/sh", "-c", "cat; exit 7");
    private static final int STATUS = 7;
    private static final int INPUT = 100_000; // more than a pipe takes at once
    private static final Duration REST = Duration.ofMillis(150);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EventLoop loop;
    private final Faults faults;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private volatile boolean paused;

    Children(EventLoop loop, Faults faults) {
        this.loop = loop;
        this.faults = faults;
    }

    /** Starts the first, which starts the next. */
    void start() {
        loop.callSoonThreadsafe(this::next);
    }

    private void next() {
        if (paused) {
            return;
        }
        int number = started.incrementAndGet();
        loop.subprocessExec(() -> new Child(number), COMMAND).whenComplete((child, failure) -> {
            if (failure != null) {
                faults.add("child " + number + " did not start: " + failure);
                loop.callLater(REST, this::next);
            }
        });
    }

    int right() {
        return right.get();
    }

    int started() {
        return started.get();
    }

    /** Starts no more, and waits for the last one; or continues. */
    void pause(boolean pause) {
        boolean before = paused;
        paused = pause;
        if (pause) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (right.get() < started.get() && faults.count() == 0) {
                if (System.nanoTime() - deadline > 0) {
                    faults.add("child " + started.get() + " did not end in 30 s");
                    return;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        } else if (before) {
            loop.callSoonThreadsafe(() -> loop.callLater(REST.multipliedBy(2), this::next));
        }
    }

    private final class Child implements SubprocessProtocol {
        private final int number;
        private SubprocessTransport transport;
        private long back;

        Child(int number) {
            this.number = number;
        }

        @Override
        public void connectionMade(SubprocessTransport made) {
            transport = made;
            ByteBuffer input = ByteBuffer.allocate(INPUT);
            NumberedBytes.fill(input, number, 0);
            transport.writeStdin(input.flip());
            transport.closeStdin();
        }

        @Override
        public void pipeDataReceived(int fd, ByteBuffer data) {
            long wrong = NumberedBytes.firstWrong(data, number, back);
            if (wrong >= 0 || fd != 1) {
                faults.add("child " + number + " gave a wrong byte at " + wrong + " of pipe " + fd);
            }
            back += data.remaining();
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            OptionalInt status = transport.getReturncode();
            if (cause != null || back != INPUT || status.isEmpty() || status.getAsInt() != STATUS) {
                faults.add("child " + number + " ended with " + status + " after " + back + " of " + INPUT
                        + " bytes, cause "
                        + cause);
            }
            right.incrementAndGet();
            loop.callLater(REST, Children.this::next);
        }
    }
}
