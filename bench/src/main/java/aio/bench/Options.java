package aio.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a command, {@code --name value} each. */
public final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    /** Reads them; a word without a name before it is kept for {@link #requireKnown} to refuse. */
    public Options(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (i + 1 == args.size()) {
                throw new UsageException("option \"" + arg + "\" has no value, expected one after it");
            } else {
                values.put(arg.substring(2), args.get(++i));
            }
        }
    }

    /** Refuses options that a command does not know. */
    void requireKnown(String command, Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new UsageException("\"" + command + "\" has no option \"--" + name + "\", expected one of --"
                        + String.join(", --", known));
            }
        }
        if (!words.isEmpty()) {
            throw new UsageException(
                    "\"" + command + "\" takes options only, expected \"--\" before \"" + words.get(0) + "\"");
        }
    }

    /** Returns a text. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** Returns a number. */
    public int number(String name, int otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option \"--" + name + "\" is \"" + text
                    + "\", expected a whole number", e);
        }
    }

    /** Returns a number that need not be whole. */
    public double decimal(String name, double otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option \"--" + name + "\" is \"" + text + "\", expected a number", e);
        }
    }

    /** Returns a list whose items are separated by commas. */
    public List<String> list(String name, String otherwise) {
        return List.of(text(name, otherwise).split(","));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(" --").append(name).append(' ')
                .append(value.contains(" ") ? "'" + value + "'" : value));
        return text.toString();
    }
}
