package aio.core.registry;

import aio.core.foreign.Text;
import aio.policy.PolicyScope;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants, here or by configuration. Immutable.
 *
 * @param pin the name of the pinned policy, or null for none
 * @param ranks rankings by the name of the policy, which count instead of those of the services
 * @param confirmed the rankings with which policies were confirmed, by name
 * @param scopes the name of the pinned policy by scope, for those that are not the process
 * @param until when the pin of the process ends by itself, or null
 */
public record Choice(
        @Nullable String pin,
        Map<String, Integer> ranks,
        Map<String, Integer> confirmed,
        Map<PolicyScope, String> scopes,
        @Nullable Instant until) {
    public static final String PIN = "pin";
    public static final String RANKS = "ranks";
    public static final String CONFIRMED = "confirmed";
    public static final String SCOPES = "scopes";
    public static final String UNTIL = "pin.until";
    public static final Choice NONE = new Choice(null, Map.of());

    /** Makes a choice. Names are as they are shown, so that they are the same however they came here. */
    public Choice {
        pin = pin == null ? null : Text.clean(pin);
        ranks = shown(ranks);
        confirmed = shown(confirmed);
        scopes = ScopeEntries.shown(scopes);
        until = pin == null || until == null ? null : until.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Makes a choice whose pin does not end by itself. */
    public Choice(@Nullable String pin, Map<String, Integer> ranks, Map<String, Integer> confirmed,
            Map<PolicyScope, String> scopes) {
        this(pin, ranks, confirmed, scopes, null);
    }

    /** Makes a choice with which nothing is confirmed, and no scope has a policy of its own. */
    public Choice(@Nullable String pin, Map<String, Integer> ranks) {
        this(pin, ranks, Map.of(), Map.of());
    }

    private static Map<String, Integer> shown(Map<String, Integer> rankings) {
        Map<String, Integer> shown = new TreeMap<>();
        rankings.forEach((name, ranking) -> shown.put(Text.clean(name), ranking));
        return Map.copyOf(shown);
    }

    /** A choice, and what was wrong with the values that were left out. */
    public record Parsed(Choice choice, List<String> problems) {}

    /** Reads the properties of a configuration: of any type, with blanks, absent. */
    public static Parsed of(Function<String, @Nullable Object> properties) {
        List<String> problems = new ArrayList<>();
        Object pin = properties.apply(PIN);
        String name = pin == null ? "" : Text.ofValue(pin).trim();
        Choice choice = new Choice(name.isEmpty() ? null : name, rankings(RANKS, properties.apply(RANKS), problems),
                rankings(CONFIRMED, properties.apply(CONFIRMED), problems),
                ScopeEntries.read(entries(properties.apply(SCOPES)), problems),
                instant(properties.apply(UNTIL), problems));
        return new Parsed(choice, List.copyOf(problems));
    }

    private static @Nullable Instant instant(@Nullable Object value, List<String> problems) {
        String text = value == null ? "" : Text.ofValue(value).trim();
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            problems.add("configuration aio.policy: " + UNTIL + " is '" + Text.clean(text)
                    + "', expected an instant such as 2026-01-31T03:00:00Z; the pin stays until it is removed");
            return null;
        }
    }

    /** Reads pin and ranks alone. */
    static Parsed of(@Nullable Object pin, @Nullable Object ranks) {
        return of(key -> key.equals(PIN) ? pin : key.equals(RANKS) ? ranks : null);
    }

    /** Returns what a configuration has of the choice: by key, null for a key that it has not. */
    public Map<String, @Nullable Object> properties() {
        Map<String, @Nullable Object> properties = new TreeMap<>();
        properties.put(PIN, pin);
        properties.put(RANKS, ranks.isEmpty() ? null : entries());
        properties.put(CONFIRMED, confirmed.isEmpty() ? null : confirmedEntries());
        properties.put(SCOPES, scopes.isEmpty() ? null : ScopeEntries.written(scopes));
        properties.put(UNTIL, until == null ? null : until.toString());
        return properties;
    }

    private static Map<String, Integer> rankings(String key, @Nullable Object value, List<String> problems) {
        Map<String, Integer> read = new TreeMap<>();
        for (String entry : entries(value)) {
            int separator = entry.lastIndexOf('=');
            Integer ranking = separator < 1 ? null : ranking(entry.substring(separator + 1).trim());
            if (ranking == null) {
                problems.add("configuration aio.policy: " + key + " has '" + entry + "', expected NAME=RANKING with a"
                        + " whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                        + ", min or max; it is left out");
            } else {
                read.put(entry.substring(0, separator).trim(), ranking);
            }
        }
        return read;
    }

    /** Names may have commas: only a text that holds all entries is cut at them, unless a backslash stands before. */
    private static List<String> entries(@Nullable Object value) {
        List<String> all = value == null
                ? List.of()
                : value instanceof Object[] array
                        ? Arrays.stream(array).map(Text::of).toList()
                        : value instanceof Collection<?> collection
                                ? collection.stream().map(Text::of).toList()
                                : split(Text.ofValue(value));
        return all.stream().map(String::trim).filter(text -> !text.isEmpty()).toList();
    }

    private static List<String> split(String text) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (c == '\\' && (next == ',' || next == '\\')) {
                entry.append(next);
                at++;
            } else if (c == ',') {
                entries.add(entry.toString());
                entry.setLength(0);
            } else {
                entry.append(c);
            }
        }
        entries.add(entry.toString());
        return entries;
    }

    /** Returns a ranking that is given as people write it; null if it is none. */
    private static @Nullable Integer ranking(String text) {
        try {
            return text.equals("min") ? Integer.MIN_VALUE : text.equals("max")
                    ? Integer.MAX_VALUE : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns the rankings as a configuration has them, by name. */
    public String[] entries() {
        return entries(ranks);
    }

    /** Returns what is confirmed as a configuration has it, by name. */
    public String[] confirmedEntries() {
        return entries(confirmed);
    }

    private static String[] entries(Map<String, Integer> rankings) {
        return new TreeMap<>(rankings).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + (int) entry.getValue())
                .toArray(String[]::new);
    }

    /** Describes the choice for people. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (pin != null) {
            parts.add("the pin '" + pin + "'" + (until == null ? "" : " until " + until));
        }
        if (!ranks.isEmpty()) {
            parts.add("the ranks " + String.join(", ", entries()));
        }
        if (!confirmed.isEmpty()) {
            parts.add("confirmed " + String.join(", ", confirmedEntries()));
        }
        if (!scopes.isEmpty()) {
            parts.add("the scopes " + String.join(", ", ScopeEntries.written(scopes)));
        }
        return parts.isEmpty() ? "no pin and no ranks" : String.join(" and ", parts);
    }

    Choice withPin(@Nullable String name) {
        return new Choice(name, ranks, confirmed, scopes, null);
    }

    Choice withPin(PolicyScope scope, @Nullable String name) {
        if (scope.isProcess()) {
            return withPin(name);
        }
        Map<PolicyScope, String> next = new TreeMap<>(scopes);
        if (name == null) {
            next.remove(ScopeEntries.shown(scope));
        } else {
            next.put(ScopeEntries.shown(scope), name);
        }
        return new Choice(pin, ranks, confirmed, next, until);
    }

    /** Returns what is pinned in a scope; null for nothing. */
    @Nullable String pinIn(PolicyScope scope) {
        return scope.isProcess() ? pin : scopes.get(ScopeEntries.shown(scope));
    }

    /** Returns the choice with an end of its pin; null for none. */
    Choice withUntil(@Nullable Instant end) {
        return new Choice(pin, ranks, confirmed, scopes, end);
    }

    Choice withRank(String name, @Nullable Integer ranking) {
        return new Choice(pin, with(ranks, name, ranking), confirmed, scopes, until);
    }

    Choice withConfirmed(String name, @Nullable Integer ranking) {
        return new Choice(pin, ranks, with(confirmed, name, ranking), scopes, until);
    }

    private static Map<String, Integer> with(Map<String, Integer> rankings, String name, @Nullable Integer ranking) {
        Map<String, Integer> next = new TreeMap<>(rankings);
        if (ranking == null) {
            next.remove(name);
        } else {
            next.put(name, ranking);
        }
        return next;
    }
}
