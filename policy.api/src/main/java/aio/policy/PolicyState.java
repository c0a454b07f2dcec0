package aio.policy;

import java.util.Locale;

/**
 * The state of a candidate for the process-wide policy, see {@link PolicyInfo#state}. More may be added: keep a default
 * branch.
 */
public enum PolicyState {
    /** It is the process-wide policy. */
    CURRENT,
    /** It works, as far as is known, and another one is current. */
    STANDBY,
    /** It works, as far as is known, but has come and gone too often: it is followed after it has been calm. */
    HELD_DOWN,
    /** It works, as far as is known, but arrivals are to be confirmed, and the operator has not confirmed it. */
    UNCONFIRMED,
    /** It does not work; {@link PolicyInfo#why} says why. */
    REFUSED;

    /** Returns the words that people and scripts read, such as {@code current}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
