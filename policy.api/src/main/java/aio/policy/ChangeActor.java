package aio.policy;

import java.util.Locale;

/** Who changed the process-wide policy, see {@link PolicyChange#actor}. */
public enum ChangeActor {
    /** The operator, by console or configuration. */
    OPERATOR,
    /** A bundle: by being started or stopped, or by its code. */
    BUNDLE,
    /** Code that belongs to no bundle, or the core itself, on a thread. */
    THREAD;

    /** Returns the words that people and scripts read, such as {@code operator}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
