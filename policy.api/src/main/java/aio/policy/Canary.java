package aio.policy;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The loops that go to a policy first: those with a name, those that a bundle made, or a share of all. Immutable. Any
 * thread.
 *
 * @see PinOptions#withCanary
 */
public final class Canary {
    private static final String LOOP = "loop:";
    private static final String BUNDLE = "bundle:";
    private static final String PERCENT = "%";
    private static final int ALL = 100;

    private final Kind kind;
    private final String name;
    private final long number;

    /** What a canary is chosen by. */
    private enum Kind { LOOP, BUNDLE, SHARE }

    private Canary(Kind kind, String name, long number) {
        this.kind = kind;
        this.name = name;
        this.number = number;
    }

    /** Returns a canary of the loops with a name, including those that are made later. */
    public static Canary loop(String name) {
        return new Canary(Kind.LOOP, Objects.requireNonNull(name, "name"), 0);
    }

    /** Returns a canary of the loops that the code of a bundle makes, including those that it makes later. */
    public static Canary bundle(long id) {
        return new Canary(Kind.BUNDLE, "", id);
    }

    /**
     * Returns a canary of a percentage of the loops that would go to the policy and are open when the canary begins: at
     * least one, chosen by name.
     *
     * @throws IllegalArgumentException if it is not from 1 to 100
     */
    public static Canary share(int percent) {
        if (percent < 1 || percent > ALL) {
            throw new IllegalArgumentException("canary is " + percent + PERCENT + ": expected 1% to 100%");
        }
        return new Canary(Kind.SHARE, "", percent);
    }

    /**
     * Reads what {@link #toString} writes, {@code loop:NAME}, {@code bundle:ID} or {@code N%}; any other text is the
     * name of a loop.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Canary of(String text) {
        String given = text.trim();
        if (given.startsWith(LOOP) && given.length() > LOOP.length()) {
            return loop(given.substring(LOOP.length()));
        }
        if (given.startsWith(BUNDLE)) {
            return bundle(number(given, given.substring(BUNDLE.length())));
        }
        if (given.endsWith(PERCENT)) {
            long percent = number(given, given.substring(0, given.length() - 1).trim());
            return share((int) Math.min(Integer.MAX_VALUE, percent));
        }
        if (given.isEmpty() || given.equals(LOOP)) {
            throw refused(text);
        }
        return loop(given);
    }

    private static long number(String whole, String digits) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refused(whole).getMessage(), e);
        }
        throw refused(whole);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("canary is '" + text
                + "': expected loop:NAME, bundle:ID, or a share such as 50%");
    }

    /** Returns the name of the loops; empty if they are chosen otherwise. */
    public Optional<String> loopName() {
        return kind == Kind.LOOP ? Optional.of(name) : Optional.empty();
    }

    /** Returns the id of the bundle that makes the loops; empty if they are chosen otherwise. */
    public OptionalLong bundleId() {
        return kind == Kind.BUNDLE ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** Returns the percentage of the loops; empty if they are chosen otherwise. */
    public OptionalInt percent() {
        return kind == Kind.SHARE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Canary that && kind == that.kind && name.equals(that.name) && number == that.number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, number);
    }

    /** Returns the text that people and configurations use: {@code loop:edge}, {@code bundle:7}, {@code 50%}. */
    @Override
    public String toString() {
        return switch (kind) {
            case LOOP -> LOOP + name;
            case BUNDLE -> BUNDLE + number;
            case SHARE -> number + PERCENT;
        };
    }
}
