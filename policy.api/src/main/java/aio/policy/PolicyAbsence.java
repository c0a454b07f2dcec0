package aio.policy;

import java.util.Locale;

/** Why a policy that a bundle declares is not registered, see {@link AbsentPolicy}. */
public enum PolicyAbsence {
    /** Its bundle is not started. */
    NOT_STARTED,
    /** Its bundle is started, but has not registered it. */
    NOT_REGISTERED;

    /** Returns the words that people and scripts read, such as {@code not started}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
