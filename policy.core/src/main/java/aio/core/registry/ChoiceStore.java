package aio.core.registry;

import org.jspecify.annotations.Nullable;

/** Keeps what the operator wants across restarts. Any thread, never with a lock held. */
public interface ChoiceStore {

    /** Keeps nothing. */
    ChoiceStore NONE = new ChoiceStore() {
        @Override
        public void begin() {}

        @Override
        public void end(Choice choice) {}

        @Override
        public @Nullable String difference() {
            return null;
        }

        @Override
        public @Nullable String origin() {
            return null;
        }
    };

    /** The operator is about to want something else; what the configuration says meanwhile is older than that. */
    void begin();

    /** The operator wants {@code choice} now: write it down. Called once after each {@link #begin}. */
    void end(Choice choice);

    /** Returns in what the configuration differs from what the operator wants, as a sentence; null if it does not. */
    @Nullable String difference();

    /** Returns what is to be known of the file that the configuration is kept in, as a sentence; null for nothing. */
    @Nullable String origin();
}
