package aio.bench.echo;

import aio.bench.Options;
import java.time.Duration;
import java.util.List;

/**
 * What a command measures, and for how long.
 *
 * @param table the name of the command
 * @param subjects the servers, in the order of the first round
 * @param cases what each has to do
 * @param tls whether over TLS
 * @param newcomers the time between two new connections beside the busy ones; zero for none
 * @param measurement how long each server is measured in a case and round
 * @param rounds how many rounds each server process lives
 * @param launches how often all are started again, since the JIT compiler does not do the same in every process
 * @param warmup how long each server is warmed up in each case after a launch
 */
record Plan(
        String table,
        List<String> subjects,
        List<Case> cases,
        boolean tls,
        Duration newcomers,
        Duration measurement,
        int rounds,
        int launches,
        Duration warmup) {

    /** Makes the plan of a command: its own subjects and cases, unless the options say otherwise. */
    static Plan of(String table, Options options, String subjects, String cases) {
        return new Plan(table, options.list("subjects", subjects),
                options.list("cases", cases).stream().map(Case::of).toList(),
                false, Duration.ZERO, seconds(options, "seconds", "0.5"), options.number("rounds", 5),
                options.number("launches", 2), seconds(options, "warmup", "2"));
    }

    Plan overTls() {
        return new Plan(table, subjects, cases, true, newcomers, measurement, rounds, launches, warmup);
    }

    /** Measures so long unless the options say otherwise: each of many connections must often have its turn. */
    Plan lasting(Options options, String otherwise) {
        return new Plan(table, subjects, cases, tls, newcomers, seconds(options, "seconds", otherwise), rounds,
                launches, warmup);
    }

    Plan withNewcomers(Duration between) {
        return new Plan(table, subjects, cases, tls, between, measurement, rounds, launches, warmup);
    }

    private static Duration seconds(Options options, String name, String otherwise) {
        String text = options.text(name, otherwise);
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option \"--" + name + "\" is \"" + text
                    + "\", expected seconds, as 0.5", e);
        }
    }
}
