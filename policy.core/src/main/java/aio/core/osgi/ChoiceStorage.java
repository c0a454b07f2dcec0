package aio.core.osgi;

import aio.core.registry.Choice;
import java.io.IOException;

/** Where the choice of the operator is written down; not there without the configuration admin. Any thread. */
public interface ChoiceStorage {

    /**
     * What is written down.
     *
     * @param count counts the changes; -1 if there is no configuration
     * @param choice what the operator wants
     */
    record Stored(long count, Choice choice) {}

    Stored read() throws IOException;

    /** Writes the choice and answers how the change was counted. */
    Stored write(Choice choice) throws IOException;
}
