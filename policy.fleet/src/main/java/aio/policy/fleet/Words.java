package aio.policy.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was typed after a command. Immutable. */
final class Words {
    static final String JSON = "--json";
    private static final List<String> HELP = List.of("-h", "--help");

    private final Usage usage;
    private final Map<String, String> options;
    private final List<String> arguments;

    /**
     * What a command takes.
     *
     * @param name of the command, without the scope
     * @param takesName whether a name is needed
     * @param options each with what follows it, such as {@code --watch TIME}
     * @param text what it does
     */
    record Usage(String name, boolean takesName, List<String> options, String text) {

        String line() {
            StringBuilder line = new StringBuilder("fleet:" + name);
            if (takesName) {
                line.append(" NAME");
            }
            options.forEach(each -> line.append(" [").append(each).append(']'));
            return line.toString();
        }

        String help() {
            return line() + System.lineSeparator() + "  " + text;
        }

        IllegalArgumentException refused(String why) {
            return new IllegalArgumentException("fleet:" + name + " " + why + ": " + line());
        }

        static boolean asksForHelp(String... words) {
            return Arrays.stream(words).anyMatch(HELP::contains);
        }
    }

    private Words(Usage usage, Map<String, String> options, List<String> arguments) {
        this.usage = usage;
        this.options = options;
        this.arguments = arguments;
    }

    /**
     * Reads words.
     *
     * @throws IllegalArgumentException if the command does not take them
     */
    static Words read(Usage usage, String... words) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        Iterator<String> rest = Arrays.asList(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("--")) {
                options.put(word, value(usage, word, rest));
            } else {
                arguments.add(word);
            }
        }
        int expected = usage.takesName() ? 1 : 0;
        if (arguments.size() != expected) {
            throw usage.refused("takes " + (expected == 1 ? "one name" : "no argument") + ", not " + arguments.size());
        }
        return new Words(usage, options, arguments);
    }

    private static String value(Usage usage, String word, Iterator<String> rest) {
        String option = usage.options().stream()
                .filter(each -> each.equals(word) || each.startsWith(word + " "))
                .findFirst()
                .orElseThrow(() -> usage.refused("has no option '" + word + "'"));
        if (option.equals(word)) {
            return "";
        }
        if (!rest.hasNext()) {
            throw usage.refused(word + " needs" + option.substring(word.length()));
        }
        return rest.next();
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    String name() {
        return arguments.stream().findFirst().orElseThrow(() -> usage.refused("needs a name"));
    }
}
