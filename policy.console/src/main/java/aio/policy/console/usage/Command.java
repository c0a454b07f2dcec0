package aio.policy.console.usage;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command as shells run it that do not call methods by their names. Any thread.
 *
 * @param usage what it takes
 * @param body what it does
 */
public record Command(Usage usage, Body body) {

    /** What a command does. */
    @FunctionalInterface
    public interface Body {

        /** Runs the command in a shell, with the words after it. */
        @Nullable Object run(Screen screen, String... words) throws IOException;
    }

    /** Makes a command that only returns a value. */
    public static Command answering(Usage usage, Function<String[], Object> body) {
        return new Command(usage, (screen, words) -> body.apply(words));
    }
}
