package aio.core.registry;

import aio.core.foreign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What can be configured, the pin apart. Immutable. */
public record Settings(boolean strict, long stopWaitMillis, int historySize, Caution caution) {
    public static final String STRICT = "strict";
    public static final String STOP_WAIT_MILLIS = "stop.wait.millis";
    public static final String HISTORY_SIZE = "history.size";
    public static final Settings DEFAULTS = new Settings(false, 1000, 100);

    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final int LONGEST_HISTORY = 10_000;

    /** Makes settings without any caution. */
    public Settings(boolean strict, long stopWaitMillis, int historySize) {
        this(strict, stopWaitMillis, historySize, Caution.NONE);
    }

    /** Settings and what was wrong with the values that were refused. */
    public record Parsed(Settings settings, List<String> problems) {}

    /** Returns how long one who changes the policy, or stops, waits for loops. */
    public long stopWaitNanos() {
        return TimeUnit.MILLISECONDS.toNanos(stopWaitMillis);
    }

    /** Reads a configuration. A key that is absent has its default; one that is invalid keeps the value of this one. */
    public Parsed with(Map<String, ?> configuration) {
        List<String> problems = new ArrayList<>();
        boolean newStrict = flag(STRICT, configuration.get(STRICT), strict, DEFAULTS.strict, problems);
        long wait = number(STOP_WAIT_MILLIS, configuration.get(STOP_WAIT_MILLIS), stopWaitMillis,
                DEFAULTS.stopWaitMillis, 0, LONGEST_WAIT_MILLIS, problems);
        long size = number(HISTORY_SIZE, configuration.get(HISTORY_SIZE), historySize,
                DEFAULTS.historySize, 1, LONGEST_HISTORY, problems);
        Caution newCaution = caution.with(configuration, problems);
        return new Parsed(new Settings(newStrict, wait, (int) size, newCaution), List.copyOf(problems));
    }

    static boolean flag(String key, @Nullable Object value, boolean old, boolean standard, List<String> problems) {
        if (value == null) {
            return standard;
        }
        String text = Text.ofValue(value).trim();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        problems.add(problem(key, value, "true or false", old));
        return old;
    }

    static long number(
            String key, @Nullable Object value, long old, long standard, long min, long max, List<String> problems) {
        if (value == null) {
            return standard;
        }
        try {
            long number = Long.parseLong(Text.ofValue(value).trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, with the range that a number alone would not tell
        }
        problems.add(problem(key, value, "a whole number from " + min + " to " + max, old));
        return old;
    }

    private static String problem(String key, Object value, String expected, Object old) {
        return "configuration aio.policy: " + key + " is '" + Text.of(value) + "', expected " + expected + "; "
                + Text.of(old) + " is kept";
    }
}
