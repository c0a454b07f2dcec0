package aio.core.registry;

/** Keeps what the operator wants across restarts. Any thread, never with a lock held. */
public interface ChoiceStore {

    /** Keeps nothing. */
    ChoiceStore NONE = new ChoiceStore() {
        @Override
        public void begin() {}

        @Override
        public void end(Choice choice) {}
    };

    /** The operator is about to want something else; what the configuration says meanwhile is older than that. */
    void begin();

    /** The operator wants {@code choice} now: write it down. Called once after each {@link #begin}. */
    void end(Choice choice);
}
