package aio.core.kernel;

import aio.loop.EventLoop;
import aio.spi.IoDriverFactory;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every loop is to run on, as one value: who changes something publishes the next generation, and each loop
 * compares it with where it stands. Immutable.
 */
public final class Wanted {
    /** Before anything was published: every loop keeps the driver that it was made on. */
    public static final Wanted NOTHING = new Wanted(0, 0, List.of(), List.of(), DriverSet.EMPTY);

    private static final Predicate<EventLoop> EVERY_LOOP = loop -> true;

    private final long generation;
    private final long since;
    private final List<Rule> rules;
    private final List<IoDriverFactory> standby;
    private final DriverSet departed;

    /**
     * One rule; the first one that applies to a loop counts.
     *
     * @param loops which loops it is for
     * @param driver what those that follow are to run on; null if they keep what they have
     */
    public record Rule(Predicate<? super EventLoop> loops, @Nullable IoDriverFactory driver) {

        /** Returns the rule for every loop. */
        public static Rule everyLoop(@Nullable IoDriverFactory driver) {
            return new Rule(EVERY_LOOP, driver);
        }
    }

    /**
     * What one loop is to run on.
     *
     * @param generation the generation that says so
     * @param since the generation since which the rules say so: a loop that was made later was put where it is
     * @param preferred the driver; null if the loop keeps what it has
     * @param standby what a loop goes to that can have neither, the best first
     * @param departed the drivers that no loop may stay on
     */
    record ForLoop(
            long generation,
            long since,
            @Nullable IoDriverFactory preferred,
            List<IoDriverFactory> standby,
            DriverSet departed) {}

    private Wanted(
            long generation, long since, List<Rule> rules, List<IoDriverFactory> standby, DriverSet departed) {
        this.generation = generation;
        this.since = since;
        this.rules = rules;
        this.standby = standby;
        this.departed = departed;
    }

    /**
     * Returns the next generation.
     *
     * @param present drivers that are there, whatever was said of them before
     * @param gone drivers that are not there any more
     */
    public Wanted next(
            List<Rule> newRules,
            List<IoDriverFactory> newStandby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone) {
        long next = generation + 1;
        return new Wanted(next, isSame(newRules) ? since : next, List.copyOf(newRules), List.copyOf(newStandby),
                departed.changed(present, gone));
    }

    private boolean isSame(List<Rule> others) {
        if (rules.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) { // by identity: a driver may equal another one
            Rule mine = rules.get(i);
            if (mine.driver() != others.get(i).driver() || mine.loops() != others.get(i).loops()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of this value; each is greater than all before. */
    public long generation() {
        return generation;
    }

    /** Returns the generation since which the rules say what they say. */
    long since() {
        return since;
    }

    /** Returns what a loop is to run on. */
    ForLoop wantedFor(EventLoop loop) {
        for (Rule rule : rules) {
            if (rule.loops().test(loop)) {
                return new ForLoop(generation, since, rule.driver(), standby, departed);
            }
        }
        return new ForLoop(generation, since, null, standby, departed);
    }

    /** Returns what a loop begins on that no policy has made, or null to begin parked. */
    public @Nullable IoDriverFactory processWide() {
        IoDriverFactory driver = rules.isEmpty() ? null : rules.get(rules.size() - 1).driver();
        return departed.contains(driver) ? null : driver;
    }
}
