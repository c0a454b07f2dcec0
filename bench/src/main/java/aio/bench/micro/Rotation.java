package aio.bench.micro;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.UsageException;
import aio.bench.process.Pythons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures cases in turns: round 1 of every case and subject, then round 2, so that disturbances of the machine affect
 * all of them. Each figure is from a process of its own, all with the same flags.
 */
final class Rotation {

    private final String table;
    private final List<Case> cases;
    private final int rounds;
    private final double seconds;
    private final String heap;
    private final Set<String> onlySubjects;
    private final List<String> onlyCases;
    private final Python python;
    private final Set<String> absent = new HashSet<>();

    /** Takes the result of a process and writes figures. */
    @FunctionalInterface
    interface Reader {
        void read(Case each, String subject, int round, RunResult result, Results results);
    }

    Rotation(String table, List<Case> cases, double seconds, Options options) {
        this.table = table;
        this.cases = cases;
        this.rounds = options.number("rounds", 10);
        this.seconds = options.decimal("seconds", seconds);
        this.heap = System.getProperty("aio.bench.heap", "1g");
        this.onlySubjects = Set.copyOf(options.list("subjects", "all"));
        this.onlyCases = options.list("cases", "");
        this.python = new Python(new Pythons(options));
        System.setProperty("jmh.ignoreLock", "true"); // a test may run beside
    }

    /** Measures and writes; {@code tuning} says what a case needs of JMH. */
    void run(Options options, Function<Case, ChainedOptionsBuilder> tuning, Reader reader)
            throws IOException, RunnerException {
        requireSome();
        Path log = Files.createTempFile("aio-bench-" + table, ".log");
        try (Results results = new Results(table, options)) {
            results.note("cores", "not pinned: loops and other threads share all cores");
            for (int round = 1; round <= rounds; round++) {
                for (Case each : cases) {
                    if (isWanted(each)) {
                        measure(each, round, tuning.apply(each), reader, results, log);
                    }
                }
            }
        }
        Files.delete(log);
    }

    /** An empty choice must not replace the existing figures. */
    private void requireSome() {
        if (cases.stream().filter(this::isWanted)
                .noneMatch(each -> each.subjects().stream().anyMatch(this::isWanted))) {
            throw new UsageException("\"" + table + "\" has nothing to measure with --cases "
                    + String.join(",", onlyCases) + " --subjects " + String.join(",", onlySubjects)
                    + "; expected a part of one of the cases " + cases.stream().map(Case::name).toList()
                    + " and one of its subjects "
                    + cases.stream().flatMap(each -> each.subjects().stream()).distinct().toList());
        }
    }

    private boolean isWanted(Case each) {
        return onlyCases.stream().anyMatch(each.name()::contains);
    }

    private boolean isWanted(String subject) {
        return onlySubjects.contains("all") || onlySubjects.contains(subject);
    }

    private void measure(Case each, int round, ChainedOptionsBuilder tuned, Reader reader, Results results, Path log)
            throws IOException, RunnerException {
        List<String> subjects = new ArrayList<>(each.subjects());
        Collections.rotate(subjects, round); // none always follows the same one
        for (String subject : subjects) {
            if (!isWanted(subject) || isAbsent(subject, results)) {
                continue;
            }
            if (Python.runs(subject)) {
                results.add(table, each.name(), subject, round, "time", python.measure(subject, each, seconds), "ns");
            } else {
                reader.read(each, subject, round, fork(each, subject, tuned, log), results);
            }
        }
    }

    private boolean isAbsent(String subject, Results results) {
        String reason = Subjects.absence(subject, python);
        if (!reason.isEmpty() && absent.add(subject)) {
            System.err.println("MISSING: \"" + subject + "\" is left out: " + reason);
            results.note("left out", subject + ": " + reason);
        }
        return !reason.isEmpty();
    }

    private RunResult fork(Case each, String subject, ChainedOptionsBuilder tuned, Path log)
            throws IOException, RunnerException {
        ChainedOptionsBuilder builder = new OptionsBuilder().parent(tuned.build())
                .include(each.include()).param("subject", subject)
                .forks(1).jvmArgs("-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC").shouldFailOnError(true)
                .output(log.toString());
        each.parameters().forEach(builder::param);
        try {
            Collection<RunResult> answer = new Runner(builder.build()).run();
            if (answer.size() != 1) {
                throw new IllegalStateException("case \"" + each.name() + "\", subject \"" + subject + "\": "
                        + answer.size() + " results of JMH, expected 1");
            }
            return answer.iterator().next();
        } catch (RunnerException | IllegalStateException e) {
            System.err.println(Files.readString(log));
            throw e;
        }
    }

    /** Returns what writes the time of an operation. */
    static Reader time(String table) {
        return (each, subject, round, result, results) -> results.add(
                table, each.name(), subject, round, "time", result.getPrimaryResult().getScore(), "ns");
    }

    /** Returns a figure of a process beside the time. */
    static double secondary(RunResult result, String name) {
        Result<?> figure = result.getSecondaryResults().get(name);
        if (figure == null) {
            throw new IllegalStateException("JMH has no figure \"" + name + "\", only "
                    + result.getSecondaryResults().keySet());
        }
        return figure.getScore();
    }

    /** Returns how long JMH warms up and measures. */
    ChainedOptionsBuilder times(int warmups, int iterations) {
        TimeValue time = TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
        return new OptionsBuilder().warmupIterations(warmups).warmupTime(time)
                .measurementIterations(iterations).measurementTime(time);
    }
}
