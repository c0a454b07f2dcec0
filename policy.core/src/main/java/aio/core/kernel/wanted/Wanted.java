package aio.core.kernel.wanted;

import aio.loop.EventLoop;
import aio.spi.IoDriverFactory;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every loop is to run on, as one value. Each change publishes the next generation, and each loop
 * compares it with where it stands. Immutable.
 */
public final class Wanted {
    /** Before anything was published: every loop keeps the driver that it was made on. */
    public static final Wanted NOTHING = new Wanted(0, List.of(), new long[0], List.of(), DriverSet.EMPTY);

    private static final Predicate<EventLoop> EVERY_LOOP = loop -> true;
    private static final Object PROCESS = "process";

    private final long generation;
    private final List<Rule> rules;
    private final long[] since; // of each rule: the generation since which it says what it says
    private final List<IoDriverFactory> standby;
    private final DriverSet departed;

    /**
     * One rule; the first one that applies to a loop counts.
     *
     * @param key what the rule is, from one generation to the next: equal keys have the same loops
     * @param loops which loops it is for
     * @param driver what those that follow are to run on; null if they keep what they have
     */
    public record Rule(Object key, Predicate<? super EventLoop> loops, @Nullable IoDriverFactory driver) {
        private static final Rule NO_DRIVER = new Rule(PROCESS, EVERY_LOOP, null);

        /** Returns the rule for every loop. */
        public static Rule everyLoop(@Nullable IoDriverFactory driver) {
            return driver == null ? NO_DRIVER : new Rule(PROCESS, EVERY_LOOP, driver);
        }
    }

    /**
     * What one loop is to run on.
     *
     * @param generation the generation that says so
     * @param special whether a rule says so that is not for every loop
     * @param since the generation since which its rule says so: a loop that was made later was put where it is
     * @param preferred the driver; null if the loop keeps what it has
     * @param standby what a loop goes to that can have neither, the best first
     * @param departed the drivers that no loop may stay on
     */
    public record ForLoop(
            long generation,
            boolean special,
            long since,
            @Nullable IoDriverFactory preferred,
            List<IoDriverFactory> standby,
            DriverSet departed) {}

    private Wanted(
            long generation, List<Rule> rules, long[] since, List<IoDriverFactory> standby, DriverSet departed) {
        this.generation = generation;
        this.rules = rules;
        this.since = since;
        this.standby = standby;
        this.departed = departed;
    }

    /**
     * Returns the next generation; this one if that would say nothing else.
     *
     * @param present drivers that are there, whatever was said of them before
     * @param gone drivers that are not there any more
     */
    public Wanted next(
            List<Rule> newRules,
            List<IoDriverFactory> newStandby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone) {
        if (isSaid(newRules, newStandby) && departed.isSaid(present, gone)) {
            return this;
        }
        long next = generation + 1;
        long[] newSince = new long[newRules.size()];
        for (int i = 0; i < newSince.length; i++) {
            newSince[i] = sinceOf(newRules.get(i), next);
        }
        return new Wanted(next, List.copyOf(newRules), newSince, List.copyOf(newStandby),
                departed.changed(present, gone));
    }

    private boolean isSaid(List<Rule> newRules, List<IoDriverFactory> newStandby) {
        if (newRules.size() != rules.size() || newStandby.size() != standby.size()) {
            return false;
        }
        for (int i = 0; i < rules.size(); i++) {
            if (!isSame(rules.get(i), newRules.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < standby.size(); i++) {
            if (standby.get(i) != newStandby.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** A driver by identity: it may equal another one. */
    private static boolean isSame(Rule one, Rule other) {
        return one.driver() == other.driver() && one.key().equals(other.key());
    }

    private long sinceOf(Rule rule, long next) {
        for (int i = 0; i < rules.size(); i++) {
            if (isSame(rules.get(i), rule)) {
                return since[i];
            }
        }
        return next;
    }

    /** Returns the number of this value; each is greater than all before. */
    public long generation() {
        return generation;
    }

    /** Returns what a loop is to run on. */
    public ForLoop wantedFor(EventLoop loop) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.loops().test(loop)) {
                return new ForLoop(
                        generation, rule.key() != PROCESS, since[i], rule.driver(), standby, departed);
            }
        }
        return new ForLoop(generation, false, 0, null, standby, departed);
    }

    /** Returns what a loop begins on that no policy has made, or null to begin parked. */
    public @Nullable IoDriverFactory processWide() {
        IoDriverFactory driver = rules.isEmpty() ? null : rules.get(rules.size() - 1).driver();
        return departed.contains(driver) ? null : driver;
    }
}
