package aio.bench.statistics;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.JavaCommand;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the statistics of a loop cost a request: they are always on, and off here for comparison. */
public final class StatisticsBench {
    static final String MEASURED = "aio selector";
    static final List<String> SUBJECTS = List.of(
            "aio selector without statistics", "aio selector without statistics (A/A)", MEASURED);

    private StatisticsBench() {}

    /** The command {@code statistics}. */
    public static void run(Options options) throws Exception {
        int launches = options.number("launches", 12);
        try (Results results = new Results("statistics", options)) {
            for (String connections : options.list("connections", "1,32")) {
                for (int launch = 0; launch < launches; launch++) {
                    launch(results, connections, options, launch);
                }
            }
        }
    }

    private static void launch(Results results, String connections, Options options, int launch) throws Exception {
        int rounds = options.number("rounds", 6);
        int windows = options.number("windows", 40);
        int millis = options.number("millis", 20);
        int warmup = options.number("warmup", 6_000);
        List<String> args = Stream.of(rounds, windows, millis, warmup).map(String::valueOf).toList();
        List<String> all = Stream.concat(Stream.of(connections), args.stream()).toList();
        Duration busy = Duration.ofMillis(warmup + (long) SUBJECTS.size() * windows * millis);
        try (Child child = Child.start("alternation", JavaCommand.of(Alternation.class, all))) {
            for (int i = 0; i < rounds * SUBJECTS.size(); i++) {
                Answer answer = child.answer(busy).expect("round");
                double micros = answer.number(3) / 1e3 / answer.number(4);
                int round = launch * rounds + (int) answer.number(2);
                results.add("statistics", "64 B x " + connections, SUBJECTS.get((int) answer.number(1)), round, "cpu",
                        micros, "us");
            }
        }
    }
}
