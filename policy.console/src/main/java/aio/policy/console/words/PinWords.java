package aio.policy.console.words;

import aio.policy.PinOptions;
import aio.policy.PolicyScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code policy:use} and {@code policy:auto}: what each of their words means, for the commands, and what
 * a whole line of them means, for those that get it in one text. Stateless.
 */
public final class PinWords {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final String LOOP = "--loop";
    private static final String BUNDLE = "--bundle";
    private static final String DRY_RUN = "--dry-run";

    /** How {@link PinOptions} calls what is given by an option. */
    private static final Map<String, String> KEYS = new TreeMap<>(Map.of(
            "--canary", "canary",
            "--watch", "watch",
            "--max-lag", "max.lag",
            "--max-errors", "max.errors",
            "--for", "for"));

    private PinWords() {}

    /**
     * Returns options with one more, if the word is one that {@link PinOptions} has.
     *
     * @param word such as {@code --max-lag}
     * @throws IllegalArgumentException if the value is wrong; the message says what is expected
     */
    public static PinOptions with(PinOptions options, String word, String value) {
        String key = KEYS.get(word);
        return key == null ? options : options.with(key, value);
    }

    /**
     * Reads the options of {@code policy:use}.
     *
     * @throws IllegalArgumentException if one is unknown, lacks its value or has a wrong one; the message says which
     */
    public static PinOptions options(String text) {
        PinOptions options = PinOptions.defaults();
        List<String> scopes = new ArrayList<>();
        for (Iterator<String> words = words(text); words.hasNext();) {
            String option = words.next();
            if (KEYS.containsKey(option)) {
                options = with(options, option, value(option, words));
            } else {
                options = options.withScope(scope("use", option, words, scopes, KEYS));
            }
        }
        return options;
    }

    /**
     * Reads the options of {@code policy:auto}: the process if there is none.
     *
     * @throws IllegalArgumentException if one is unknown, lacks its value or has a wrong one; the message says which
     */
    public static PolicyScope scope(String text) {
        PolicyScope scope = PolicyScope.process();
        List<String> scopes = new ArrayList<>();
        for (Iterator<String> words = words(text); words.hasNext();) {
            scope = scope("auto", words.next(), words, scopes, Map.of());
        }
        return scope;
    }

    private static PolicyScope scope(
            String operation, String option, Iterator<String> words, List<String> before, Map<String, String> others) {
        if (option.equals(DRY_RUN)) {
            throw new IllegalArgumentException(operation + " has no option " + DRY_RUN
                    + ": the operation plan takes the same options, and says what would happen");
        }
        if (!option.equals(LOOP) && !option.equals(BUNDLE)) {
            List<String> known = new ArrayList<>(others.keySet());
            known.addAll(List.of(LOOP, BUNDLE));
            throw new IllegalArgumentException(operation + " has no option '" + option + "'; expected "
                    + String.join(", ", known) + ", each with its value");
        }
        before.add(option);
        if (before.size() > 1) {
            throw new IllegalArgumentException(operation + " takes " + LOOP + " or " + BUNDLE + " once, not "
                    + String.join(" and ", before));
        }
        String value = value(option, words);
        return option.equals(LOOP) ? PolicyScope.loop(value) : PolicyScope.of("bundle:" + value);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " lacks its value, as in --watch 30s");
        }
        return words.next();
    }

    /** Quotes keep a word together. */
    private static Iterator<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher each = WORD.matcher(text); each.find();) {
            String word = first(each.group(1), each.group(2), each.group(3));
            if (each.group(3) != null && (word.startsWith("'") || word.startsWith("\""))) {
                throw new IllegalArgumentException("a quote is opened before " + word.substring(1)
                        + " and not closed; expected both, as in --loop 'an edge'");
            }
            words.add(word);
        }
        return words.iterator();
    }

    private static String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return "";
    }
}
