package aio.core.model;

import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be: which policy is current, and on which driver each loop ends. As simple as the rules allow. */
final class Reference {
    static final String PARKED = "parked";

    final List<Policy> services = new ArrayList<>();
    final List<Policy> installed = new ArrayList<>(); // the last one counts
    final Map<String, Integer> operatorRanks = new HashMap<>();
    final Set<String> departed = new HashSet<>();
    final List<Loop> loops = new ArrayList<>();
    @Nullable String pin;

    /** A policy that has arrived; each arrival is another one, with a driver of its own. */
    static final class Policy {
        final String name;
        final long id;
        final @Nullable String driver; // null if it brings none
        final boolean works;
        final EventLoopPolicy real;
        int rank;
        boolean refused;

        Policy(String name, long id, @Nullable String driver, boolean works, int rank, EventLoopPolicy real) {
            this.name = name;
            this.id = id;
            this.driver = driver;
            this.works = works;
            this.rank = rank;
            this.real = real;
        }
    }

    /** A loop that is open. */
    static final class Loop {
        final String name;
        final boolean follows;
        String driver;

        Loop(String name, boolean follows, String driver) {
            this.name = name;
            this.follows = follows;
            this.driver = driver;
        }
    }

    /** Returns the services, the best first. */
    List<Policy> ranked() {
        return services.stream()
                .filter(policy -> !policy.refused)
                .sorted(Comparator.<Policy>comparingInt(policy -> -rankOf(policy))
                        .thenComparingLong(policy -> policy.id))
                .toList();
    }

    private int rankOf(Policy policy) {
        return operatorRanks.getOrDefault(policy.name, policy.rank);
    }

    /** Returns the process-wide policy: the operator's pin, else what code has installed, else the best service. */
    @Nullable Policy current() {
        List<Policy> ranked = ranked();
        for (Policy policy : ranked) {
            if (policy.name.equals(pin)) {
                return policy;
            }
        }
        if (!installed.isEmpty()) {
            return installed.get(installed.size() - 1);
        }
        return ranked.isEmpty() ? null : ranked.get(0);
    }

    /** Something has changed: the loops go where they must. */
    void settle() {
        Policy current = current();
        String wanted = current == null ? null : current.driver;
        for (Loop loop : loops) {
            boolean mustLeave = loop.driver.equals(PARKED) || departed.contains(loop.driver);
            if (wanted != null && (loop.follows || mustLeave)) {
                loop.driver = wanted;
            } else if (mustLeave) {
                loop.driver = bestDriver();
            }
        }
    }

    /**
     * Something has changed while the first driver that a loop could go to takes no channel: one that must leave goes
     * to any other one that works; which one depends on what was probed before.
     *
     * @param seen where a loop is, after it has come to one of some drivers
     */
    void settleAnywhereBut(Policy refusing, BiFunction<Loop, Set<String>, String> seen) {
        Set<String> fit = new TreeSet<>();
        Stream.concat(installed.stream(), ranked().stream())
                .filter(policy -> policy != refusing && policy.works && policy.driver != null)
                .forEach(policy -> fit.add(policy.driver));
        for (Loop loop : loops) {
            if (loop.driver.equals(PARKED) || departed.contains(loop.driver)) {
                String driver = fit.isEmpty() ? PARKED : seen.apply(loop, fit);
                loop.driver = fit.isEmpty() || fit.contains(driver) ? driver : "one of " + fit;
            }
        }
    }

    /** Returns the driver of the best policy that has one: for loops that cannot stay where they are. */
    private String bestDriver() {
        List<Policy> all = new ArrayList<>(installed);
        Collections.reverse(all);
        all.addAll(ranked());
        all.sort(Comparator.comparing(policy -> !policy.name.equals(pin))); // stable: the pinned one comes first
        return all.stream().filter(policy -> policy.works).map(policy -> policy.driver)
                .filter(Objects::nonNull).findFirst().orElse(PARKED);
    }
}
