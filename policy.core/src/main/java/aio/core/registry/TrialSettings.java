package aio.core.registry;

import aio.core.foreign.Text;
import aio.policy.PinOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a pin of the configuration is tried. Immutable.
 *
 * @param problems what was wrong with the values that were left out
 */
public record TrialSettings(PinOptions options, List<String> problems) {
    private static final List<String> KEYS = List.of("canary", "watch", "max.lag", "max.errors");

    /** Reads the properties of a configuration: of any type, with blanks, absent. */
    public static TrialSettings of(Function<String, @Nullable Object> properties) {
        PinOptions options = PinOptions.defaults();
        List<String> problems = new ArrayList<>();
        for (String key : KEYS) {
            Object value = properties.apply(key);
            String text = value == null ? "" : Text.clean(Text.ofValue(value).trim());
            if (text.isEmpty()) {
                continue;
            }
            try {
                options = options.with(key, text);
            } catch (IllegalArgumentException e) {
                problems.add("configuration aio.policy: " + e.getMessage() + "; it is left out");
            }
        }
        return new TrialSettings(options, List.copyOf(problems));
    }
}
