package aio.policy.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was typed after a command: options, and as many arguments as it takes. Immutable. */
record Given(Map<Option, String> options, List<String> arguments) {

    Given {
        options = Map.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    /** Returns the number after an option, 0 if the option was not given; the largest if it is larger. */
    int number(Option option) {
        return (int) Math.min(Integer.MAX_VALUE, id(option));
    }

    /** Returns the number after an option that names something. */
    long id(Option option) {
        return Long.parseLong(options.getOrDefault(option, "0"));
    }

    /** Returns what was typed after an option. */
    Optional<String> text(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /** Returns the first argument. */
    Optional<String> name() {
        return arguments.stream().findFirst();
    }
}
