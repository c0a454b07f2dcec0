package aio.bench.micro;

import static aio.bench.micro.Subjects.AIO;
import static aio.bench.micro.Subjects.AIO_AGAIN;
import static aio.bench.micro.Subjects.HEAP;
import static aio.bench.micro.Subjects.NETTY_NIO;

import aio.bench.Options;
import aio.bench.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** What a timer costs, also with more and more of them pending. */
public final class Timers {
    private static final String TABLE = "timers";
    private static final int LARGE = 1_000_000;

    private Timers() {}

    /** The command {@code timers}; {@code --sizes} says how many there are at once. */
    public static void run(Options options) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (String size : options.list("sizes", "1,100,10000,100000," + LARGE)) {
            cases.add(new Case(size, TimersBenchmark.class, "phases", Map.of("timers", size),
                    subjects(Integer.parseInt(size))));
        }
        Rotation rotation = new Rotation(TABLE, cases, 0.2, options);
        rotation.run(options,
                each -> Integer.parseInt(each.name()) >= LARGE ? rotation.times(1, 1) : rotation.times(5, 3),
                Timers::read);
    }

    /** The small sizes are for the curve alone. */
    private static List<String> subjects(int size) {
        if (size >= LARGE) {
            return List.of(AIO, HEAP, NETTY_NIO);
        }
        return size >= 100_000 ? List.of(AIO, AIO_AGAIN, HEAP, NETTY_NIO) : List.of(AIO, HEAP);
    }

    private static void read(Case each, String subject, int round, RunResult result, Results results) {
        results.add(TABLE, "add x " + each.name(), subject, round, "time", each(result, "add"), "ns");
        results.add(TABLE, "cancel x " + each.name(), subject, round, "time", each(result, "cancel"), "ns");
        results.add(TABLE, "sweep x " + each.name(), subject, round, "time", each(result, "sweep"), "ns");
        // a loop may put off to the next turn what another does at once: only the sum can be compared
        results.add(TABLE, "cancel and sweep x " + each.name(), subject, round, "time",
                each(result, "cancel") + each(result, "sweep"), "ns");
        results.add(TABLE, "add and fire x " + each.name(), subject, round, "time", each(result, "fire"), "ns");
    }

    private static double each(RunResult result, String phase) {
        return Rotation.secondary(result, phase) / Rotation.secondary(result, "count");
    }
}
