package aio.bench.micro;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Callbacks that come from other threads, measured until the last one has run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ThreadsafeBenchmark {
    private static final int FLOOD = 100_000;
    private static final int BURST = 10_000;
    private static final int ROUND_TRIPS = 1_000;

    /** The name of the loop. */
    @Param(Subjects.AIO)
    public String subject = "";

    /** How many threads schedule. */
    @Param("1")
    public int threads;

    private final Semaphore start = new Semaphore(0);
    private final Runnable[] kinds = {() -> arrived(0), () -> arrived(1), () -> arrived(2), () -> arrived(3)};
    private final Runnable pong = this::pong;
    private final Runnable producers = () -> start.release(threads);
    private MeasuredLoop loop; // set by open
    private volatile boolean executes;
    private volatile boolean closed;
    private volatile boolean ponged;
    private volatile @Nullable Thread pinger;
    private volatile int size;
    private int left;
    private long ran;

    /** Opens the loop and starts the threads. */
    @Setup
    public void open() throws IOException {
        loop = Subjects.open(subject);
        for (int i = 0; i < threads; i++) {
            new Thread(this::produce, "producer-" + i).start();
        }
    }

    private void produce() {
        for (start.acquireUninterruptibly(); !closed; start.acquireUninterruptibly()) {
            int share = size / threads;
            if (executes) {
                for (int i = 0; i < share; i++) {
                    loop.execute(kinds[i & 3]);
                }
            } else {
                for (int i = 0; i < share; i++) {
                    loop.soonThreadsafe(kinds[i & 3]);
                }
            }
        }
    }

    /** Closes the loop and ends the threads. */
    @TearDown
    public void close() throws IOException {
        closed = true;
        start.release(threads);
        loop.close();
    }

    /** As many as the threads can. */
    @Benchmark
    @OperationsPerInvocation(FLOOD)
    public long flood() {
        return arrive(FLOOD, false);
    }

    /** As many as the threads can, without handles. */
    @Benchmark
    @OperationsPerInvocation(FLOOD)
    public long floodExecuted() {
        return arrive(FLOOD, true);
    }

    /** As many in all, 10,000 at a time: fewer than the spare arrays of the inbox hold. */
    @Benchmark
    @OperationsPerInvocation(FLOOD)
    public long burstsExecuted() {
        for (int bursts = FLOOD / BURST; bursts > 0; bursts--) {
            arrive(BURST, true);
        }
        return ran;
    }

    private long arrive(int count, boolean executed) {
        size = count;
        executes = executed;
        left = count / threads * threads;
        loop.run(producers);
        return ran;
    }

    private void arrived(int kind) {
        ran += kind;
        if (--left == 0) {
            loop.finish();
        }
    }

    /** One at a time: the thread sleeps until its callback has run, the loop until the next one comes. */
    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void pingPong() {
        pinger = Thread.currentThread();
        for (int i = 0; i < ROUND_TRIPS; i++) {
            ponged = false;
            loop.soonThreadsafe(pong);
            while (!ponged) {
                LockSupport.park(this);
            }
        }
    }

    private void pong() {
        ponged = true;
        LockSupport.unpark(pinger);
    }
}
