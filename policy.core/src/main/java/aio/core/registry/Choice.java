package aio.core.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants, here or by configuration. Immutable.
 *
 * @param pin the name of the pinned policy, or null for none
 * @param ranks rankings by the name of the policy, which count instead of those of the services
 */
public record Choice(@Nullable String pin, Map<String, Integer> ranks) {
    public static final String PIN = "pin";
    public static final String RANKS = "ranks";
    public static final Choice NONE = new Choice(null, Map.of());

    /** Makes a choice. */
    public Choice {
        ranks = Map.copyOf(ranks);
    }

    /** A choice, and what was wrong with the values that were left out. */
    public record Parsed(Choice choice, List<String> problems) {}

    /** Reads the properties of a configuration: of any type, with blanks, absent. */
    public static Parsed of(@Nullable Object pin, @Nullable Object ranks) {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> read = new TreeMap<>();
        for (String entry : entries(ranks)) {
            int separator = entry.lastIndexOf('=');
            Integer ranking = separator < 1 ? null : ranking(entry.substring(separator + 1).trim());
            if (ranking == null) {
                problems.add("configuration aio.policy: ranks has '" + entry + "', expected NAME=RANKING with a whole"
                        + " number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                        + ", min or max; it is left out");
            } else {
                read.put(entry.substring(0, separator).trim(), ranking);
            }
        }
        String name = pin == null ? "" : pin.toString().trim();
        return new Parsed(new Choice(name.isEmpty() ? null : name, read), List.copyOf(problems));
    }

    private static List<String> entries(@Nullable Object value) {
        Collection<?> all = value == null
                ? List.of()
                : value instanceof Object[] array
                        ? Arrays.asList(array)
                        : value instanceof Collection<?> collection ? collection : List.of(value);
        return all.stream()
                .flatMap(text -> Arrays.stream(text.toString().split(",")))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Reads a ranking as people write it, or answers null. */
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
        return new TreeMap<>(ranks).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    Choice withPin(@Nullable String name) {
        return new Choice(name, ranks);
    }

    Choice withRank(String name, @Nullable Integer ranking) {
        Map<String, Integer> next = new TreeMap<>(ranks);
        if (ranking == null) {
            next.remove(name);
        } else {
            next.put(name, ranking);
        }
        return new Choice(pin, next);
    }
}
