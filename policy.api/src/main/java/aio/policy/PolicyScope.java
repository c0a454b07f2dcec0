package aio.policy;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The loops that a choice of the operator is for: all of the process, those with a name, or those of a bundle. A scope
 * other than the process chooses only the driver of loops that follow; it does not change which policy is current.
 *
 * <p>A loop that is in several scopes goes by the first in their natural order: the canary, the loop's own, its
 * bundle's, the process.
 *
 * <p>Immutable, compared by {@code equals}. Thread safety: any thread.
 */
public final class PolicyScope implements Comparable<PolicyScope> {
    private static final String SEPARATOR = ":";
    private static final PolicyScope PROCESS = new PolicyScope(Kind.PROCESS, "", -1);
    private static final Comparator<PolicyScope> ORDER = Comparator.<PolicyScope, Kind>comparing(scope -> scope.kind)
            .thenComparing(scope -> scope.name)
            .thenComparingLong(scope -> scope.id);

    private final Kind kind;
    private final String name;
    private final long id;

    /** The kinds of scopes, in the order in which they count. More may be added: keep a default branch. */
    public enum Kind {
        /** Loops that try a policy before others do. Only the core makes this scope; an operator cannot pin in it. */
        CANARY,
        /** The loops with a name, including those that are made later. */
        LOOP,
        /** The loops that the code of one bundle has made or will make. */
        BUNDLE,
        /** All loops. */
        PROCESS;

        /** Returns the word that people and scripts read, such as {@code loop}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PolicyScope(Kind kind, String name, long id) {
        this.kind = kind;
        this.name = name;
        this.id = id;
    }

    /** Returns the scope of all loops. */
    public static PolicyScope process() {
        return PROCESS;
    }

    /**
     * Returns the scope of the loops of a name.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static PolicyScope loop(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("the name of a loop is empty, expected one as loop:list shows it");
        }
        return new PolicyScope(Kind.LOOP, name, -1);
    }

    /**
     * Returns the scope of the loops that the code of a bundle makes.
     *
     * @throws IllegalArgumentException if the id is negative
     */
    public static PolicyScope bundle(long id) {
        if (id < 0) {
            throw new IllegalArgumentException("the id of a bundle is " + id + ", expected 0 or more");
        }
        return new PolicyScope(Kind.BUNDLE, "", id);
    }

    /**
     * Returns the scope of loops that try a policy, which the history shows. For the core: nothing can be pinned in it.
     *
     * @param loops which loops, for people
     */
    public static PolicyScope canary(String loops) {
        return new PolicyScope(Kind.CANARY, Objects.requireNonNull(loops, "loops"), -1);
    }

    /**
     * Reads what {@link #toString} writes: {@code process}, {@code loop:NAME}, {@code bundle:ID}, {@code canary:TEXT}.
     *
     * @throws IllegalArgumentException if the text is none of these; the message quotes it
     */
    public static PolicyScope of(String text) {
        if (Objects.requireNonNull(text, "text").equals(PROCESS.toString())) {
            return PROCESS;
        }
        for (Kind kind : Kind.values()) {
            String start = kind + SEPARATOR;
            if (kind != Kind.PROCESS && text.startsWith(start) && text.length() > start.length()) {
                PolicyScope scope = of(kind, text.substring(start.length()));
                if (scope != null) {
                    return scope;
                }
            }
        }
        throw new IllegalArgumentException("scope is '" + text + "', expected process, loop:NAME, or bundle:ID with the"
                + " id of a bundle, a whole number from 0");
    }

    private static @Nullable PolicyScope of(Kind kind, String rest) {
        if (kind != Kind.BUNDLE) {
            return new PolicyScope(kind, rest, -1);
        }
        try {
            long id = Long.parseLong(rest);
            return id < 0 ? null : bundle(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns what the scope is. */
    public Kind kind() {
        return kind;
    }

    /** Tells whether this is the scope of all loops. */
    public boolean isProcess() {
        return kind == Kind.PROCESS;
    }

    /** Returns the name of the loop, if the scope is one. */
    public Optional<String> loopName() {
        return kind == Kind.LOOP ? Optional.of(name) : Optional.empty();
    }

    /** Returns the id of the bundle, if the scope is one. */
    public OptionalLong bundleId() {
        return kind == Kind.BUNDLE ? OptionalLong.of(id) : OptionalLong.empty();
    }

    /** Compares in the order in which scopes count for a loop, then by name or id. */
    @Override
    public int compareTo(PolicyScope other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyScope scope && kind == scope.kind && id == scope.id && name.equals(scope.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, id);
    }

    /** Returns the text that {@link #of} reads, such as {@code loop:edge}. */
    @Override
    public String toString() {
        return switch (kind) {
            case PROCESS -> kind.toString();
            case BUNDLE -> kind + SEPARATOR + id;
            case CANARY, LOOP -> kind + SEPARATOR + name;
        };
    }
}
