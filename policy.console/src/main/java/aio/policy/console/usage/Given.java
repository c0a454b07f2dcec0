package aio.policy.console.usage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after a command. Immutable.
 *
 * @param options what was given, each with the word that follows it, empty if none does
 * @param arguments as many as the command takes
 */
public record Given(Map<Option, String> options, List<String> arguments) {

    /** Makes one; what it is made of is copied. */
    public Given {
        options = Map.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    /** Tells whether an option was given. */
    public boolean has(Option option) {
        return options.containsKey(option);
    }

    /** Returns the number after an option, 0 if the option was not given; the largest if it is larger. */
    public int number(Option option) {
        return (int) Math.min(Integer.MAX_VALUE, id(option));
    }

    /** Returns the number after an option that names something. */
    public long id(Option option) {
        return Long.parseLong(options.getOrDefault(option, "0"));
    }

    /** Returns what was typed after an option. */
    public Optional<String> text(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /** Returns the first argument. */
    public Optional<String> name() {
        return arguments.stream().findFirst();
    }
}
