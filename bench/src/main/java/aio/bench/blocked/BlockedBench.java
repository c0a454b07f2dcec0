package aio.bench.blocked;

import aio.EventLoops;
import aio.bench.Options;
import aio.bench.Results;
import aio.bench.Samples;
import aio.loop.EventLoop;
import aio.loop.LoopBlock;
import aio.loop.LoopListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How soon a callback that blocks is seen and named: from its start until a listener is told of it, with its class and
 * its stack. The loop was idle before, or at work all the time.
 */
public final class BlockedBench {
    private static final String TABLE = "blocked";
    private static final double PERCENT = 100;
    /** By chance and up to more than the watch ever waits between two looks, so that a block begins at any time. */
    private static final int MOST_REST_MILLIS = 130;
    private static final int LEAST_REST_MILLIS = 10;
    /** What is told after the end of a block is told within this time. */
    private static final long LATE_MILLIS = 50;
    private static final Duration TICK = Duration.ofMillis(1);

    private BlockedBench() {}

    /** The command. */
    public static void run(Options options) throws Exception {
        int rounds = options.number("rounds", 14);
        int blocks = options.number("blocks", 15);
        try (Results results = new Results(TABLE, options); EventLoop loop = EventLoops.newEventLoop()) {
            Thread thread = new Thread(loop::runForever, "blocked");
            thread.start();
            Told told = new Told(loop.name());
            EventLoops.loopDirectory().addListener(told);
            try {
                for (int round = 1; round <= rounds; round++) {
                    for (String millis : options.list("millis", "100,101,110")) {
                        measure(results, loop, told, Integer.parseInt(millis), "idle loop", round, blocks);
                        Ticking ticking = new Ticking(loop);
                        loop.callSoonThreadsafe(ticking);
                        measure(results, loop, told, Integer.parseInt(millis), "busy loop", round, blocks);
                        ticking.stopped = true;
                    }
                }
            } finally {
                EventLoops.loopDirectory().removeListener(told);
                loop.callSoonThreadsafe(loop::stop);
                thread.join();
            }
        }
    }

    private static void measure(Results results, EventLoop loop, Told told, int millis, String subject, int round,
            int blocks) throws InterruptedException {
        Random random = new Random(round);
        Samples samples = new Samples();
        int named = 0;
        for (int i = 0; i < blocks; i++) {
            pass(TimeUnit.MILLISECONDS.toNanos(
                    LEAST_REST_MILLIS + random.nextInt(MOST_REST_MILLIS - LEAST_REST_MILLIS)));
            Blocking blocking = new Blocking(TimeUnit.MILLISECONDS.toNanos(millis));
            told.begin();
            loop.callSoonThreadsafe(blocking);
            blocking.done.await();
            LoopBlock block = told.await();
            if (block != null) {
                samples.add(told.nanos - blocking.start);
                named += isNamed(block) ? 1 : 0;
            }
        }
        String what = millis + " ms";
        int seen = samples.size();
        results.add(TABLE, what, subject, round, "seen", PERCENT * seen / blocks, "%");
        results.add(TABLE, what, subject, round, "named", PERCENT * named / blocks, "%");
        if (seen > 0) {
            results.add(TABLE, what, subject, round, "min", samples.micros(0), "us");
            results.add(TABLE, what, subject, round, "p50", samples.micros(0.5), "us");
            results.add(TABLE, what, subject, round, "max", samples.micros(1), "us");
        }
    }

    /** Lets time pass. */
    private static void pass(long nanos) {
        long start = System.nanoTime();
        for (long left = nanos; left > 0; left = start + nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static boolean isNamed(LoopBlock block) {
        String type = Blocking.class.getName();
        return block.culprit().equals(Optional.of(type))
                && block.stack().stream().anyMatch(frame -> frame.contains(type + ".run"));
    }

    /** Blocks the thread of the loop, as a call that waits for another system does. */
    private static final class Blocking implements Runnable {
        private final CountDownLatch done = new CountDownLatch(1);
        private final long length;
        private long start; // read after done

        Blocking(long length) {
            this.length = length;
        }

        @Override
        public void run() {
            start = System.nanoTime();
            pass(length);
            done.countDown();
        }
    }

    /** Keeps a loop at work between blocks, with a timer for each millisecond. */
    private static final class Ticking implements Runnable {
        private final EventLoop loop;
        private volatile boolean stopped;

        Ticking(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            if (!stopped) {
                loop.callLater(TICK, this);
            }
        }
    }

    /** Keeps the first block that is told after {@link #begin}. */
    private static final class Told implements LoopListener {
        private final String loop;
        private @Nullable LoopBlock block; // guarded by this
        private long nanos; // read after await

        Told(String loop) {
            this.loop = loop;
        }

        synchronized void begin() {
            block = null;
        }

        /** Waits for one that is late; returns null if none was told. */
        synchronized @Nullable LoopBlock await() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
            for (long left = LATE_MILLIS; block == null && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
            return block;
        }

        @Override
        public synchronized void blocked(LoopBlock told) {
            if (block == null && told.loop().equals(loop)) {
                nanos = System.nanoTime();
                block = told;
                notifyAll();
            }
        }
    }
}
