package aio.bench.micro;

import static aio.bench.micro.Subjects.AIO;
import static aio.bench.micro.Subjects.AIO_AGAIN;
import static aio.bench.micro.Subjects.NETTY_NIO;
import static aio.bench.micro.Subjects.PROACTOR;

import aio.bench.Options;
import aio.bench.Results;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;

/** How many bytes are allocated for what a loop does most. */
public final class Allocation {
    private static final String TABLE = "allocation";
    private static final List<String> SUBJECTS = List.of(AIO, AIO_AGAIN, NETTY_NIO);

    private Allocation() {}

    /** The command {@code allocation}. */
    public static void run(Options options) throws Exception {
        Rotation rotation = new Rotation(TABLE, cases(), options);
        rotation.run(options, each -> rotation.times(2, 1).addProfiler(GCProfiler.class), Allocation::read);
    }

    private static List<Case> cases() {
        return List.of(
                new Case("callSoon", SoonBenchmark.class, "thousandPerTurn", Map.of(), SUBJECTS),
                new Case("execute inside the loop", SoonBenchmark.class, "thousandExecuted", Map.of(), SUBJECTS),
                new Case("callSoonThreadsafe", ThreadsafeBenchmark.class, "flood", Map.of(), SUBJECTS),
                new Case("execute from a thread", ThreadsafeBenchmark.class, "floodExecuted", Map.of(), SUBJECTS),
                new Case("callLater", TimersBenchmark.class, "addAndCancel", Map.of(), SUBJECTS),
                new Case("echo 1 KiB", EchoBenchmark.class, "echo", Map.of("size", "1024"),
                        List.of(AIO, AIO_AGAIN, PROACTOR, NETTY_NIO)));
    }

    private static void read(Case each, String subject, int round, RunResult result, Results results) {
        double bytes = each.benchmark() == EchoBenchmark.class
                ? Rotation.secondary(result, "bytes") / Rotation.secondary(result, "echoes")
                : Rotation.secondary(result, "gc.alloc.rate.norm");
        results.add(TABLE, each.name(), subject, round, "alloc", bytes, "B");
    }
}
