package aio.core.registry;

import org.jspecify.annotations.Nullable;

/** Keeps the pin across restarts. Any thread, never with a lock held. */
public interface PinStore {

    /** Keeps nothing. */
    PinStore NONE = new PinStore() {
        @Override
        public void begin() {}

        @Override
        public void end(@Nullable String pin) {}
    };

    /** The operator is about to change the pin; what the configuration says meanwhile is older than that. */
    void begin();

    /** The pin is now {@code pin}, null for none: write it down. Called once after each {@link #begin}. */
    void end(@Nullable String pin);
}
