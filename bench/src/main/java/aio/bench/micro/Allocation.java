package aio.bench.micro;

import static aio.bench.micro.Subjects.AIO;
import static aio.bench.micro.Subjects.AIO_AGAIN;
import static aio.bench.micro.Subjects.NETTY_NIO;

import aio.bench.Options;
import aio.bench.Results;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;

/** How many bytes are allocated for what a loop does most. */
public final class Allocation {
    private static final String TABLE = "allocation";
    private static final List<String> COMPARED = List.of(AIO, NETTY_NIO);
    private static final List<String> CONTROLLED = List.of(AIO, AIO_AGAIN, NETTY_NIO);

    private Allocation() {}

    /** The command {@code allocation}. */
    public static void run(Options options) throws Exception {
        Rotation rotation = new Rotation(TABLE, cases(), 0.25, options);
        rotation.run(options, each -> rotation.times(5, 1).addProfiler(GCProfiler.class), Allocation::read);
    }

    private static List<Case> cases() {
        return List.of(
                new Case("callSoon", SoonBenchmark.class, "thousandPerTurn", Map.of(), CONTROLLED),
                new Case("execute inside the loop", SoonBenchmark.class, "thousandExecuted", Map.of(), COMPARED),
                new Case("callSoonThreadsafe", ThreadsafeBenchmark.class, "flood", Map.of(), COMPARED),
                new Case("execute in bursts from a thread", ThreadsafeBenchmark.class, "burstsExecuted", Map.of(),
                        COMPARED),
                new Case("execute in a flood from a thread", ThreadsafeBenchmark.class, "floodExecuted", Map.of(),
                        COMPARED),
                new Case("callLater", TimersBenchmark.class, "addAndCancel", Map.of(), COMPARED),
                new Case("echo 1 KiB", EchoBenchmark.class, "echo", Map.of("size", "1024"), CONTROLLED));
    }

    private static void read(Case each, String subject, int round, RunResult result, Results results) {
        double bytes = each.benchmark() == EchoBenchmark.class
                ? Rotation.secondary(result, "bytes") / Rotation.secondary(result, "echoes")
                : Rotation.secondary(result, "gc.alloc.rate.norm");
        results.add(TABLE, each.name(), subject, round, "alloc", bytes, "B");
    }
}
