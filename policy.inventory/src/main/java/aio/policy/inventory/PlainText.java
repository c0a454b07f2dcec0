package aio.policy.inventory;

import aio.policy.console.json.Json;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prints what JSON has as lines for people: a field a line, what belongs to it indented below. Stateless. */
final class PlainText {
    private static final String DEEPER = "  ";
    private static final String ROW = "- ";
    private static final String ABSENT = "-";
    private static final int FIRST_SEEN = 0x20;
    private static final int LAST_SEEN = 0x7E;

    private PlainText() {}

    static void print(Map<?, ?> fields, PrintWriter out) {
        print(fields, "", "", out);
    }

    /** Prints fields, the first of them after its own indent. */
    private static void print(Map<?, ?> fields, String first, String others, PrintWriter out) {
        String indent = first;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String name = indent + text(field.getKey()) + ":";
            Object value = present(field.getValue());
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                out.println(name);
                print(map, others + DEEPER, others + DEEPER, out);
            } else if (value instanceof Collection<?> rows && !rows.isEmpty()) {
                out.println(name);
                rows.forEach(row -> row(row, others, out));
            } else {
                out.println(name + " " + text(value));
            }
            indent = others;
        }
    }

    private static void row(Object row, String indent, PrintWriter out) {
        if (row instanceof Map<?, ?> map) {
            print(map, indent + ROW, indent + DEEPER, out);
        } else {
            out.println(indent + ROW + text(row));
        }
    }

    /** Returns a value that may be absent, or the sign that it is. */
    private static Object present(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<Object>map(found -> found).orElse(ABSENT);
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : ABSENT;
        }
        return value;
    }

    /** Returns a value in one line: in quotes, with what cannot be seen escaped, if anything cannot be seen. */
    private static String text(Object value) {
        if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            return ABSENT; // only those that are empty come here
        }
        String text = value.toString();
        return text.codePoints().allMatch(c -> c >= FIRST_SEEN && c <= LAST_SEEN) ? text : Json.text(text);
    }
}
