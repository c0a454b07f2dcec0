package aio.loop;

import java.util.Locale;

/** What a loop is doing, see {@link LoopInfo#state}. */
public enum LoopState {
    /** A thread runs it. */
    RUNNING,
    /** It is open, and no thread runs it. */
    IDLE,
    /** It is closed. */
    CLOSED;

    /** Returns the word that people and scripts read, such as {@code running}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
