package aio.policy;

import java.util.Locale;

/** What a candidate for the process-wide policy is, see {@link PolicyInfo#state}. */
public enum PolicyState {
    /** It is the process-wide policy. */
    CURRENT,
    /** It works, as far as is known, and another one is current. */
    STANDBY,
    /** It does not work; {@link PolicyInfo#why} says why. */
    REFUSED;

    /** Returns the words that people and scripts read, such as {@code current}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
