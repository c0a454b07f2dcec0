package aio.policy;

import java.util.Locale;

/** Where a candidate for the process-wide policy comes from, see {@link PolicyInfo#source}. */
public enum PolicySource {
    /** A service of a bundle. */
    SERVICE,
    /** Code has installed it. */
    CODE,
    /** It was found on a plain class path. */
    CLASS_PATH;

    /** Returns the words that people and scripts read, such as {@code class path}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
