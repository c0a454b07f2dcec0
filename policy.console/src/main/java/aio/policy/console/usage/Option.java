package aio.policy.console.usage;

import java.util.List;

/**
 * An option of a command. Immutable.
 *
 * @param description what it does, in a line
 * @param follows what stands after it
 * @param value how that is written in the help, such as {@code TIME}; empty if nothing follows
 * @param names its names, the long one last
 */
public record Option(String description, Follows follows, String value, List<String> names) {
    /** What every command takes. */
    public static final Option HELP = flag("shows this", "-h", "--help");

    /** For scripts. */
    public static final Option JSON = flag("prints JSON, one row per line", "--json");

    /** What stands after an option. */
    public enum Follows {
        /** Another option, or an argument. */
        NOTHING,
        /** A whole number from 1. */
        NUMBER,
        /** Any word. */
        TEXT
    }

    /** Makes an option; the names are copied. */
    public Option {
        names = List.copyOf(names);
    }

    /** Makes an option that nothing follows. */
    public static Option flag(String description, String... names) {
        return new Option(description, Follows.NOTHING, "", List.of(names));
    }

    /** Makes an option that a whole number follows. */
    public static Option number(String description, String value, String... names) {
        return new Option(description, Follows.NUMBER, value, List.of(names));
    }

    /** Makes an option that any word follows. */
    public static Option text(String description, String value, String... names) {
        return new Option(description, Follows.TEXT, value, List.of(names));
    }

    /** Returns its long name. */
    public String word() {
        return names.get(names.size() - 1);
    }

    /** Returns the long name, and what follows it. */
    String written() {
        return withValue(word());
    }

    /** Returns all names, and what follows them. */
    String label() {
        return withValue(String.join(", ", names));
    }

    private String withValue(String text) {
        return value.isEmpty() ? text : text + " " + value;
    }
}
