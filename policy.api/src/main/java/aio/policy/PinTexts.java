package aio.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and shares as people write them. Stateless. */
final class PinTexts {
    private static final Pattern TIMES = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d)\\s*)+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    private PinTexts() {}

    /** Reads a time such as {@code 30s}, {@code 1h30m} or {@code PT30S}. */
    static Duration duration(String key, String value) {
        String text = value.trim();
        if (TIMES.matcher(text).matches()) {
            Duration sum = Duration.ZERO;
            for (Matcher each = TIME.matcher(text); each.find();) {
                sum = sum.plus(part(Long.parseLong(each.group(1)), each.group(2)));
            }
            return sum;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + " is '" + value
                    + "': expected a time such as 500ms, 30s, 1h30m or PT30S", e);
        }
    }

    private static Duration part(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Reads a share such as {@code 0.1%} or {@code 0.001}. */
    static double share(String key, String value) {
        String text = value.trim();
        boolean percent = text.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1).trim() : text);
            double share = percent ? number / PERCENT : number;
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refused(key, value).getMessage(), e);
        }
        throw refused(key, value);
    }

    private static IllegalArgumentException refused(String key, String value) {
        return new IllegalArgumentException(
                key + " is '" + value + "': expected a share from 0% to 100%, or from 0 to 1");
    }

    /** Writes a time for people: {@code 500 ms}, {@code 30.0 s}, {@code 2.0 h}. */
    static String text(Duration time) {
        double seconds = time.getSeconds() + time.getNano() / NANOS_PER_SECOND;
        if (Math.abs(seconds) < 1) {
            return Math.round(seconds * 1e3) + " ms";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
