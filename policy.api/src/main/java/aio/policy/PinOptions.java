package aio.policy;

import java.util.Objects;

/** How a policy is pinned, see {@link PolicyAdmin#pin(String, PinOptions)}. Immutable; {@code with…} returns a copy. */
public final class PinOptions {
    private static final PinOptions DEFAULTS = new PinOptions(PolicyScope.process());

    private final PolicyScope scope;

    private PinOptions(PolicyScope scope) {
        this.scope = scope;
    }

    /** Returns the options for all loops of the process. */
    public static PinOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that pin for some loops only.
     *
     * @throws IllegalArgumentException for a canary, in which nothing can be pinned
     */
    public PinOptions withScope(PolicyScope newScope) {
        if (Objects.requireNonNull(newScope, "newScope").kind() == PolicyScope.Kind.CANARY) {
            throw new IllegalArgumentException("scope is '" + newScope + "', expected process, loop:NAME or bundle:ID:"
                    + " a canary ends by itself, nothing can be pinned in it");
        }
        return new PinOptions(newScope);
    }

    /** Returns for which loops. */
    public PolicyScope scope() {
        return scope;
    }
}
