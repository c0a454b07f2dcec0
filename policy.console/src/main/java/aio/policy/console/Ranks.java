package aio.policy.console;

import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.console.text.Plain;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Usage;
import java.util.List;
import java.util.Optional;

/** The command {@code policy:rank}. Any thread. */
final class Ranks {
    private final PolicyAdmin admin;
    private final PolicyDirectory directory;
    private final Usage usage;

    Ranks(PolicyAdmin admin, PolicyDirectory directory, Usage usage) {
        this.admin = admin;
        this.directory = directory;
        this.usage = usage;
    }

    Object answer(Given given) {
        List<String> words = given.arguments();
        boolean json = given.has(Option.JSON);
        if (given.has(Options.RESET)) {
            if (words.size() == 1 && !json) {
                return reset(words.get(0));
            }
        } else if (words.size() == 2 && !json) {
            int ranking = ranking(words.get(1));
            return answer(
                    admin.rank(words.get(0), ranking),
                    "'" + Plain.text(words.get(0)) + "' has the rank " + Texts.rank(ranking));
        } else if (words.isEmpty()) {
            return Rankings.shown(
                    directory.ranks(), json, "no rank was given: those of the services count");
        }
        throw usage.refused("takes NAME RANKING, NAME --reset, --json, or nothing");
    }

    private Object reset(String name) {
        boolean given = directory.ranks().containsKey(name);
        return answer(admin.unrank(name), given
                ? "the rank of '" + Plain.text(name) + "' is that of its service again"
                : "no rank was given to '" + Plain.text(name) + "'");
    }

    private Object answer(Optional<PolicyChange> change, String otherwise) {
        String current = directory.current().map(PolicyInfo::name).orElse("none");
        return change.<Object>map(made -> made)
                .orElseGet(() -> "policy: " + Plain.text(current) + " stays current; " + otherwise);
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
