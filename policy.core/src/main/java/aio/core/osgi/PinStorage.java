package aio.core.osgi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the pin is written down; not there without the configuration admin. Any thread. */
public interface PinStorage {

    /**
     * What is written down.
     *
     * @param count counts the changes; -1 if there is no configuration
     * @param pin the name, or null for none
     */
    record Stored(long count, @Nullable String pin) {}

    Stored read() throws IOException;

    /** Writes the pin and answers how the change was counted. */
    Stored write(@Nullable String pin) throws IOException;
}
