package aio.policy.console;

import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The command {@code policy:rank}. Any thread. */
final class Ranks {
    private final PolicyRegistry registry;
    private final String usage;

    Ranks(PolicyRegistry registry, String usage) {
        this.registry = registry;
        this.usage = usage;
    }

    Object rank(boolean reset, String... words) {
        if (reset && words.length == 1) {
            return reset(words[0]);
        }
        if (!reset && words.length == 2) {
            int ranking = ranking(words[1]);
            return answer(registry.rank(words[0], ranking), "'" + words[0] + "' has the rank " + Texts.rank(ranking));
        }
        if (!reset && words.length == 0) {
            return shown(registry.ranks());
        }
        throw new IllegalArgumentException("policy:rank takes NAME RANKING, NAME --reset, or nothing: " + usage);
    }

    private Object reset(String name) {
        boolean given = registry.ranks().containsKey(name);
        return answer(registry.unrank(name), given
                ? "the rank of '" + name + "' is that of its service again"
                : "no rank was given to '" + name + "'");
    }

    private Object answer(Optional<PolicyChange> change, String otherwise) {
        String current = registry.current().map(PolicyInfo::name).orElse("none");
        return change.<Object>map(made -> made).orElseGet(() -> "policy: " + current + " stays current; " + otherwise);
    }

    private static String shown(Map<String, Integer> ranks) {
        return ranks.isEmpty()
                ? "no rank was given: those of the services count"
                : new TreeMap<>(ranks).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + Texts.rank(entry.getValue()))
                        .collect(Collectors.joining(System.lineSeparator()));
    }

    private static int ranking(String text) {
        try {
            return switch (text) {
                case "min" -> Integer.MIN_VALUE;
                case "max" -> Integer.MAX_VALUE;
                default -> Integer.parseInt(text);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ranking is '" + text + "', expected a whole number from "
                    + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + ", min or max", e);
        }
    }
}
