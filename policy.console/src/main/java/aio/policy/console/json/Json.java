package aio.policy.console.json;

import aio.loop.BundleId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Writes JSON: maps, collections, bundles, texts, numbers, truth values, and null for what is absent. */
public final class Json {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;

    private Json() {}

    /** Writes rows, one a line, so that tools that know lines only can read them as well. */
    public static String rows(Collection<? extends Map<String, ?>> rows) {
        StringJoiner lines = new StringJoiner(",\n ", "[", "]");
        rows.forEach(row -> lines.add(text(row)));
        return lines.toString();
    }

    /** Writes a value in one line. */
    public static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner fields = new StringJoiner(",", "{", "}");
            map.forEach((key, field) -> fields.add(quoted(key.toString()) + ":" + text(field)));
            return fields.toString();
        }
        if (value instanceof Collection<?> collection) {
            StringJoiner elements = new StringJoiner(",", "[", "]");
            collection.forEach(element -> elements.add(text(element)));
            return elements.toString();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Json::text).orElse("null");
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? Long.toString(optional.getAsLong()) : "null";
        }
        if (value instanceof BundleId bundle) {
            return "{\"name\":" + quoted(bundle.name()) + ",\"id\":" + bundle.id() + "}";
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number.toString() : "null";
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> append(json, c);
            }
        }
        return json.append('"').toString();
    }

    /** The encoding of the terminal depends on where one is, so only what every encoding has stands for itself. */
    private static void append(StringBuilder json, char c) {
        if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            json.append(c);
        }
    }
}
