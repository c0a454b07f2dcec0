package aio.bench.micro;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** Timers at random deadlines: many are added and cancelled, and as many added and fired. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimersBenchmark {
    private static final int AT_LEAST = 100_000; // timers in each invocation
    private static final int SHORT_LIVED = 10_000;

    /** The name of the loop. */
    @Param(Subjects.AIO)
    public String subject = "";

    /** How many there are at once. */
    @Param("1000")
    public int timers;

    private final Runnable[] kinds = {() -> fired(0), () -> fired(1), () -> fired(2), () -> fired(3)};
    private MeasuredLoop loop; // set by open
    private Counters counters; // of this invocation
    private Delay[] far;
    private Delay[] near;
    private Object[] added;
    private int rounds;
    private int left;
    private long started;
    private long waited;
    private long ran;

    /** What an invocation measures; sums. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        /** Timers that went through each of the phases. */
        public long count;

        /** Nanoseconds of adding those that do not fire. */
        public long add;

        /** Nanoseconds of the calls that cancel them. */
        public long cancel;

        /** Nanoseconds from then until the next turn, in which a loop may do the work that it has put off. */
        public long sweep;

        /** Nanoseconds of adding and firing. */
        public long fire;
    }

    /** Makes the loop and the delays. */
    @Setup
    public void open() throws IOException {
        loop = Subjects.open(subject);
        Random random = new Random(42);
        far = new Delay[timers];
        near = new Delay[timers];
        for (int i = 0; i < timers; i++) {
            far[i] = Delay.ofNanos(TimeUnit.HOURS.toNanos(1) + (long) (random.nextDouble() * 3.6e12));
            near[i] = Delay.ofNanos(random.nextInt(longest()));
        }
        added = new Object[timers];
    }

    /** Deadlines lie as densely as timers can be added, so that the order in which they are added says little. */
    private int longest() {
        return timers * 20;
    }

    /** Closes the loop. */
    @TearDown
    public void close() throws IOException {
        loop.close();
    }

    /** All phases. */
    @Benchmark
    public long phases(Counters sums) {
        counters = sums;
        for (rounds = Math.max(1, AT_LEAST / timers); rounds > 0; rounds--) {
            loop.run(this::add);
            loop.run(this::cancel);
        }
        rounds = Math.max(1, AT_LEAST / timers);
        loop.run(this::addThatFire);
        sums.count += (long) timers * Math.max(1, AT_LEAST / timers);
        return ran;
    }

    private void add() {
        long start = System.nanoTime();
        for (int i = 0; i < timers; i++) {
            added[i] = loop.later(far[i], kinds[i & 3]);
        }
        counters.add += System.nanoTime() - start;
        loop.finish();
    }

    private void cancel() {
        long start = System.nanoTime();
        for (Object timer : added) { // oldest first: at random places the memory would be measured
            loop.cancel(timer);
        }
        started = System.nanoTime();
        counters.cancel += started - start;
        loop.soon(this::swept);
    }

    private void swept() {
        counters.sweep += System.nanoTime() - started;
        loop.finish();
    }

    private void addThatFire() {
        left = timers;
        started = System.nanoTime();
        for (int i = 0; i < timers; i++) {
            loop.later(near[i], kinds[i & 3]);
        }
        long end = System.nanoTime();
        waited = System.nanoTime() - end;
        while (waited <= longest()) { // all are due then: waiting for the time is not measured
            waited = System.nanoTime() - end;
        }
    }

    private void fired(int kind) {
        ran += kind;
        if (--left > 0) {
            return;
        }
        counters.fire += System.nanoTime() - started - waited;
        if (--rounds > 0) {
            addThatFire();
        } else {
            loop.finish();
        }
    }

    /** Timers that are cancelled at once, as those of requests that are served in time. */
    @Benchmark
    @OperationsPerInvocation(SHORT_LIVED)
    public void addAndCancel() {
        left = SHORT_LIVED / 100;
        loop.run(this::addAndCancelSome);
    }

    private void addAndCancelSome() {
        if (left-- == 0) {
            loop.finish();
            return;
        }
        for (int i = 0; i < 100; i++) {
            loop.cancel(loop.later(far[i], kinds[i & 3]));
        }
        loop.soon(this::addAndCancelSome);
    }
}
