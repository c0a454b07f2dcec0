package aio.bench.micro;

import aio.EventLoops;
import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Asking for the policy and for the running loop, and the least possible cost of that. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {
    private static final ThreadLocal<EventLoop> SLOT = new ThreadLocal<>();

    private static volatile EventLoopPolicy policy;

    /** Named in the table only. */
    @Param(Lookup.AIO)
    public String subject = "";

    private EventLoop loop; // set by open

    /** Makes policy and loop; this thread counts as one that runs the loop. */
    @Setup
    public void open() {
        Quiet.log();
        policy = EventLoops.policy("winselector");
        EventLoops.setEventLoopPolicy(policy);
        loop = EventLoops.newEventLoop();
        RunningLoop.set(loop);
        SLOT.set(loop);
    }

    /** Closes the loop. */
    @TearDown
    public void close() {
        RunningLoop.set(null);
        loop.close();
    }

    /** The process-wide policy. */
    @Benchmark
    public EventLoopPolicy policy() {
        return EventLoops.getEventLoopPolicy();
    }

    /** A volatile field. */
    @Benchmark
    public EventLoopPolicy volatileField() {
        return policy;
    }

    /** The loop that runs on this thread. */
    @Benchmark
    public EventLoop runningLoop() {
        return EventLoops.getRunningLoop();
    }

    /** A thread-local. */
    @Benchmark
    public EventLoop threadLocal() {
        return SLOT.get();
    }
}
