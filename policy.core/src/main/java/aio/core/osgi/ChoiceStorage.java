package aio.core.osgi;

import aio.core.registry.Choice;
import aio.core.registry.LoopConfigurations;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the choice of the operator is written down, and what managed loops are made of; not there without the
 * configuration admin. Any thread.
 */
public interface ChoiceStorage {

    /** Whether what is written down counts. */
    enum Content {
        WHOLE,
        /** It comes from a file whose writing had only begun, so it has no key at all. */
        EMPTY,
        /** It is half, or meant for another bundle: the obstacle tells it. */
        UNFIT
    }

    /**
     * What is written down.
     *
     * @param count counts the changes; -1 if there is no configuration
     * @param choice what the operator wants
     * @param obstacle why the choice cannot be written there, or null
     * @param content whether what is written there counts
     * @param file from which file it was taken, and to which it is written back, or null
     */
    record Stored(long count, Choice choice, @Nullable String obstacle, Content content, @Nullable String file) {

        boolean isTaken() {
            return content == Content.WHOLE;
        }

        /** Returns why it does not count, or why nothing can be written there; null for neither. */
        @Nullable String problem() {
            return content != Content.EMPTY ? obstacle : "it has no key: file '" + file
                    + "' was empty when it was read; write the whole file, or pin=\"\" to pin nothing";
        }

        /** Tells whether nothing was written since; whether something could be is no matter. */
        boolean isSameAs(@Nullable Stored before) {
            return before != null && count == before.count && isTaken() == before.isTaken()
                    && choice.equals(before.choice);
        }

        /** Makes what was written without any hindrance. */
        Stored(long count, Choice choice) {
            this(count, choice, null, Content.WHOLE, null);
        }
    }

    /** Returns the configurations of managed loops, which are kept in the same place. */
    LoopConfigurations loops();

    Stored read() throws IOException;

    /** Has {@code action} called with what is configured if the component runtime passes over it; null ends that. */
    void onPassedOver(@Nullable Consumer<Map<String, Object>> action);

    /** Returns what is to be known of the file of what is written down, as a sentence; null for nothing. */
    @Nullable String origin(Stored stored);

    /** Writes the choice, unless there is an obstacle; returns what is written there now. */
    Stored write(Choice choice) throws IOException;
}
