package aio.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/**
 * Callbacks that are scheduled inside the loop. Of several kinds, or the compiler would specialise the loop for one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SoonBenchmark {
    private static final int PER_TURN = 1_000;
    private static final int TURNS = 100;
    private static final int LINKS = 50_000;

    /** The name of the loop. */
    @Param(Subjects.AIO)
    public String subject = "";

    /** Whether the loop has a descriptor to watch. */
    @Param("false")
    public boolean watches;

    private final Runnable turn = this::scheduleTurn;
    private final Runnable executedTurn = this::executeTurn;
    private final Runnable[] kinds = {() -> ran(1), () -> ran(2), () -> ran(3), () -> ran(4)};
    private final Runnable[] links = {() -> link(0), () -> link(1), () -> link(2), () -> link(3)};
    private MeasuredLoop loop; // set by open
    private int left;
    private long ran;

    /** Opens the loop. */
    @Setup
    public void open() throws IOException {
        loop = Subjects.open(subject);
        if (watches) {
            loop.watchSilence();
        }
    }

    /** Closes the loop. */
    @TearDown
    public void close() throws IOException {
        loop.close();
    }

    /** A thousand in each turn. */
    @Benchmark
    @OperationsPerInvocation(PER_TURN * TURNS)
    public long thousandPerTurn() {
        left = TURNS;
        loop.run(turn);
        return ran;
    }

    private void ran(int kind) {
        ran += kind;
    }

    private void scheduleTurn() {
        if (left-- == 0) {
            loop.finish();
            return;
        }
        for (int i = 0; i < PER_TURN; i++) {
            loop.soon(kinds[i & 3]);
        }
        loop.soon(turn);
    }

    /** A thousand in each turn, without handles. */
    @Benchmark
    @OperationsPerInvocation(PER_TURN * TURNS)
    public long thousandExecuted() {
        left = TURNS;
        loop.run(executedTurn);
        return ran;
    }

    private void executeTurn() {
        if (left-- == 0) {
            loop.finish();
            return;
        }
        for (int i = 0; i < PER_TURN; i++) {
            loop.execute(kinds[i & 3]);
        }
        loop.execute(executedTurn);
    }

    /** One in each turn: each schedules the next. */
    @Benchmark
    @OperationsPerInvocation(LINKS)
    public long chain() {
        left = LINKS;
        loop.run(links[0]);
        return ran;
    }

    private void link(int kind) {
        ran(kind);
        if (--left == 0) {
            loop.finish();
        } else {
            loop.soon(links[left & 3]);
        }
    }
}
