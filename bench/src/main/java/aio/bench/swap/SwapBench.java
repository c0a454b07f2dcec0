package aio.bench.swap;

import aio.bench.Options;
import aio.bench.Results;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a change of the policy costs inside a framework, by the number of policies: the time from a registration until
 * the best one is known, and the share of it that is not the framework's own.
 */
public final class SwapBench {
    private static final String MICROS = "us";
    private static final String FELIX = "Felix alone";

    /** Loggers are held weakly. */
    private static final Logger POLICY_LOG = Logger.getLogger("aio.policy");
    private static final Logger LOOP_LOG = Logger.getLogger("aio.loop");

    private SwapBench() {}

    /** The command {@code swap}. */
    public static void run(Options options) throws Exception {
        beQuiet();
        try (Results results = new Results("swap", options)) {
            share(results, "swap", options, options.list("policies", "1,10,100,1000"));
            BundleStop.run(results, options);
        }
    }

    /** The command {@code growth-policies}. */
    public static void growth(Options options) throws Exception {
        beQuiet();
        try (Results results = new Results("growth-policies", options)) {
            share(results, "growth-policies", options, options.list("policies", "1,3,10,30,100,300,1000"));
        }
    }

    /** A line of the log for each change would cost more than the change. */
    private static void beQuiet() {
        POLICY_LOG.setLevel(Level.WARNING);
        LOOP_LOG.setLevel(Level.WARNING);
    }

    private static void share(Results results, String table, Options options, List<String> counts) throws Exception {
        int rounds = options.number("rounds", 10);
        int swaps = options.number("swaps", 1000);
        List<Contender> contenders = new ArrayList<>();
        try {
            contenders.add(Contender.felix(FELIX));
            contenders.add(Contender.felix(FELIX + " (A/A)"));
            contenders.add(Contender.aio("aio"));
            contenders.add(Contender.aio("aio (A/A)"));
            contenders.add(Contender.tracker("ServiceTracker"));
            for (int warmUp = 0; warmUp < options.number("warmups", 100); warmUp++) {
                measure(contenders, 1, swaps);
            }
            for (int round = 1; round <= rounds; round++) {
                for (String count : counts) {
                    write(results, table, count, round, measure(contenders, Integer.parseInt(count), swaps));
                }
                Collections.rotate(contenders, 1);
            }
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private static Map<String, Durations> measure(List<Contender> contenders, int policies, int swaps) {
        Map<String, Durations> all = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            contender.populate(policies);
            Durations durations = new Durations();
            contender.swap(swaps, durations);
            all.put(contender.name, durations);
        }
        return all;
    }

    private static void write(Results results, String table, String count, int round, Map<String, Durations> all) {
        double arrivalAlone = all.get(FELIX).arrivals().micros(0.5);
        double departureAlone = all.get(FELIX).departures().micros(0.5);
        String what = count + (count.equals("1") ? " policy" : " policies");
        all.forEach((subject, durations) -> {
            double arrival = durations.arrivals().micros(0.5);
            double departure = durations.departures().micros(0.5);
            results.add(table, what, subject, round, "arrival", arrival, MICROS);
            results.add(table, what, subject, round, "departure", departure, MICROS);
            if (!subject.startsWith(FELIX)) {
                results.add(table, what, subject, round, "arrival share", arrival - arrivalAlone, MICROS);
                results.add(table, what, subject, round, "departure share", departure - departureAlone, MICROS);
            }
        });
    }
}
