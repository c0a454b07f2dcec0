package aio.core.osgi;

import aio.core.registry.Choice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the choice of the operator is written down; not there without the configuration admin. Any thread. */
public interface ChoiceStorage {

    /**
     * What is written down.
     *
     * @param count counts the changes; -1 if there is no configuration
     * @param choice what the operator wants
     * @param obstacle why the choice cannot be written there, or null
     * @param isTaken whether what is written there counts: it is whole, and meant for this bundle
     * @param file from which file it was taken, and to which it is written back, or null
     */
    record Stored(long count, Choice choice, @Nullable String obstacle, boolean isTaken, @Nullable String file) {

        /** Tells whether nothing was written since; whether something could be is no matter. */
        boolean isSameAs(@Nullable Stored before) {
            return before != null && count == before.count && isTaken == before.isTaken && choice.equals(before.choice);
        }

        /** Makes what was written without any hindrance. */
        Stored(long count, Choice choice) {
            this(count, choice, null, true, null);
        }
    }

    Stored read() throws IOException;

    /** Returns what is to be known of the file of what is written down, as a sentence; null for nothing. */
    @Nullable String origin(Stored stored);

    /** Writes the choice, unless there is an obstacle; returns what is written there now. */
    Stored write(Choice choice) throws IOException;
}
