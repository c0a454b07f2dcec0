package aio.policy.fleet.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text of lines {@code key=value}, which people can read with ZooKeeper's own tools. Keys that a reader does not know
 * are passed over, so that a later version may add some. Confined to one thread.
 */
final class Fields {
    private final Map<String, String> fields;

    private Fields(Map<String, String> fields) {
        this.fields = fields;
    }

    /** Makes one without a field. */
    static Fields empty() {
        return new Fields(new LinkedHashMap<>());
    }

    /** Reads bytes. */
    static Fields of(byte[] bytes) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            int at = line.indexOf('=');
            if (at > 0) {
                fields.put(line.substring(0, at), line.substring(at + 1));
            }
        }
        return new Fields(fields);
    }

    byte[] bytes() {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    Fields put(String key, Object value) {
        fields.put(key, encoded(value.toString()));
        return this;
    }

    Fields putIfPresent(String key, Optional<?> value) {
        value.ifPresent(each -> put(key, each));
        return this;
    }

    Fields putAll(String key, List<?> values) {
        fields.put(key, values.stream().map(each -> encoded(each.toString())).collect(Collectors.joining(",")));
        return this;
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(fields.get(key)).map(Fields::decoded);
    }

    String text(String key) {
        return find(key).orElse("");
    }

    List<String> texts(String key) {
        String all = fields.getOrDefault(key, "");
        return all.isEmpty() ? List.of() : Arrays.stream(all.split(",")).map(Fields::decoded).toList();
    }

    /** Returns the keys that begin with {@code prefix}, without it. */
    List<String> keys(String prefix) {
        return fields.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> decoded(key.substring(prefix.length())))
                .toList();
    }

    Fields putUnder(String prefix, String key, Object value) {
        fields.put(prefix + encoded(key), encoded(value.toString()));
        return this;
    }

    String textUnder(String prefix, String key) {
        return decoded(fields.getOrDefault(prefix + encoded(key), ""));
    }

    long number(String key) {
        return find(key, Long::valueOf, "a whole number").orElse(0L);
    }

    double decimal(String key) {
        return findDecimal(key).orElse(0.0);
    }

    Optional<Double> findDecimal(String key) {
        return find(key, Double::valueOf, "a number");
    }

    Duration time(String key) {
        return findTime(key).orElse(Duration.ZERO);
    }

    Optional<Duration> findTime(String key) {
        return find(key, Duration::parse, "a time such as PT30S");
    }

    Instant instant(String key) {
        return find(key, Instant::parse, "an instant").orElse(Instant.EPOCH);
    }

    private <T> Optional<T> find(String key, Function<String, T> parser, String expected) {
        String text = text(key);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalStateException("the fleet's state has '" + key + "=" + text + "', expected " + expected
                    + ": somebody else writes there", e);
        }
    }

    /** Returns a constant of an enum; {@code unknown} for one that a later version has added. */
    <E extends Enum<E>> E constant(Class<E> type, String key, E unknown) {
        String text = text(key);
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .orElse(unknown);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
