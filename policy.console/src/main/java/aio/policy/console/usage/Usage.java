package aio.policy.console.usage;

import aio.policy.console.text.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a command takes: its help, and the reading of what was typed. Immutable. */
public final class Usage {
    private static final String INDENT = "  ";
    private static final String END_OF_OPTIONS = "--";

    private final String scope;
    private final String name;
    private final String description;
    private final Takes takes;
    private final String argument;
    private final String shownBy;
    private final List<Option> options;

    /** How many arguments there are, and how they are written. */
    private enum Takes {
        NOTHING("", 0, 0, "no argument"),
        NAME("NAME", 1, 1, "one name"),
        NAME_OR_NOTHING("[NAME]", 0, 1, "one name"),
        RANKING("[NAME RANKING]", 0, 2, "a name and a ranking");

        private final String written;
        private final int least;
        private final int most;
        private final String words;

        Takes(String written, int least, int most, String words) {
            this.written = written;
            this.least = least;
            this.most = most;
            this.words = words;
        }
    }

    private Usage(
            String scope, String name, String description, Takes takes, String argument, String shownBy,
            List<Option> options) {
        this.scope = scope;
        this.name = name;
        this.description = description;
        this.takes = takes;
        this.argument = argument;
        this.shownBy = shownBy;
        this.options = options;
    }

    /** Returns the usage of a command that takes no argument. */
    public static Usage of(String scope, String name, String description, Option... options) {
        List<Option> all = new ArrayList<>(List.of(Option.HELP));
        all.addAll(List.of(options));
        return new Usage(scope, name, description, Takes.NOTHING, "", scope + ":list", List.copyOf(all));
    }

    /** Returns the usage with one argument, which {@code text} describes. */
    public Usage name(String text) {
        return name(text, shownBy);
    }

    /**
     * Returns the usage with one argument.
     *
     * @param text describes it
     * @param shownBy the command that shows what it may be
     */
    public Usage name(String text, String shownBy) {
        return new Usage(scope, name, description, Takes.NAME, text, shownBy, options);
    }

    /** Returns the usage with one argument or none. */
    public Usage nameOrNothing(String text) {
        return new Usage(scope, name, description, Takes.NAME_OR_NOTHING, text, shownBy, options);
    }

    /** Returns the usage with a name and a ranking, or neither. */
    public Usage ranking(String text) {
        return new Usage(scope, name, description, Takes.RANKING, text, shownBy, options);
    }

    /** Returns what is written before the colon. */
    public String scope() {
        return scope;
    }

    /** Returns what is written after the colon. */
    public String name() {
        return name;
    }

    /** Returns what the command does, in a line. */
    public String description() {
        return description;
    }

    /** Returns whether the first argument is a name. */
    private boolean takesName() {
        return takes != Takes.NOTHING;
    }

    /** Returns all names of all options. */
    public List<String> optionNames() {
        return options.stream().flatMap(option -> option.names().stream()).toList();
    }

    /** Tells whether the word after those that are typed already may be the name that the command takes. */
    public boolean isNameNext(List<String> typed) {
        int at = 0;
        while (at < typed.size() && isOption(typed.get(at))) {
            at += isFollowed(typed.get(at)) ? 2 : 1;
        }
        return takesName() && at == typed.size();
    }

    private boolean isFollowed(String word) {
        return options.stream().anyMatch(option -> option.names().contains(word)
                && option.follows() != Option.Follows.NOTHING);
    }

    /** Returns what a command returns for the words after it, which is the help if that is asked for. */
    public Object answer(String[] words, Function<Given, Object> command) {
        return asksForHelp(words) ? text() : command.apply(read(words));
    }

    /** Returns whether the help is asked for: then the other arguments need not be right. */
    public static boolean asksForHelp(String... words) {
        return Arrays.stream(words).anyMatch(Option.HELP.names()::contains);
    }

    private Given read(String... words) {
        Map<Option, String> given = new HashMap<>();
        List<String> arguments = new ArrayList<>();
        Iterator<String> rest = Arrays.asList(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals(END_OF_OPTIONS)) {
                rest.forEachRemaining(arguments::add);
            } else if (isOption(word)) {
                Option option = option(word);
                given.put(option, value(option, word, rest));
            } else {
                arguments.add(word);
            }
        }
        check(arguments);
        return new Given(given, arguments);
    }

    private String value(Option option, String word, Iterator<String> rest) {
        return switch (option.follows()) {
            case NOTHING -> "";
            case NUMBER -> Long.toString(number(word, rest));
            case TEXT -> {
                if (!rest.hasNext()) {
                    throw refused(word + " needs " + option.value());
                }
                yield rest.next();
            }
        };
    }

    /** A ranking may be negative. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }

    private Option option(String word) {
        return options.stream()
                .filter(option -> option.names().contains(word))
                .findFirst()
                .orElseThrow(() -> refused("has no option '" + word + "'"));
    }

    private long number(String option, Iterator<String> rest) {
        String text = rest.hasNext() ? rest.next() : "";
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notANumber(option, text).getMessage(), e);
        }
        throw notANumber(option, text);
    }

    private IllegalArgumentException notANumber(String option, String text) {
        return refused(option + " needs a whole number from 1, not " + (text.isEmpty() ? "nothing" : "'" + text + "'"));
    }

    private void check(List<String> arguments) {
        if (arguments.size() < takes.least) {
            throw refused("needs a name, which " + shownBy + " shows");
        }
        if (arguments.size() > takes.most) {
            throw refused("takes " + takes.words + ", not "
                    + (takes.most == 0 ? "'" + String.join(" ", arguments) + "'" : arguments.size()));
        }
    }

    /** Makes the failure of a command that was typed in a way that it does not take. */
    public IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(scope + ":" + name + " " + why + ": " + line());
    }

    /** Returns the help, a line for each option and argument. */
    private String text() {
        Table table = new Table().left("").left("");
        options.forEach(option -> table.row(false, List.of(option.label(), option.description())));
        if (takesName()) {
            table.row(false, List.of(takes.written.replaceAll("[\\[\\]]", ""), argument));
        }
        List<String> lines = new ArrayList<>(List.of(line(), INDENT + description));
        lines.addAll(table.lines().subList(1, table.lines().size()));
        return String.join(System.lineSeparator(), lines);
    }

    /** Returns the command as it is typed. */
    private String line() {
        StringBuilder line = new StringBuilder(scope + ":" + name);
        options.forEach(option -> line.append(" [").append(option.written()).append(']'));
        return takesName() ? line.append(' ').append(takes.written).toString() : line.toString();
    }
}
