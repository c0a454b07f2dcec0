package aio.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of a new loop. Immutable; each {@code with…} method returns a changed copy. */
public final class LoopOptions {
    private static final LoopOptions DEFAULTS = new LoopOptions(null, true, null, null);

    private final @Nullable String name;
    private final boolean following;
    private final @Nullable NameResolver resolver;
    private final @Nullable LoopClock clock;

    private LoopOptions(@Nullable String name, boolean following, @Nullable NameResolver resolver,
            @Nullable LoopClock clock) {
        this.name = name;
        this.following = following;
        this.resolver = resolver;
        this.clock = clock;
    }

    /** A loop named {@code loop-N} that follows the process-wide policy. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** With a name, for people. */
    public LoopOptions withName(String loopName) {
        return new LoopOptions(Objects.requireNonNull(loopName, "loopName"), following, resolver, clock);
    }

    /**
     * Whether the loop exchanges its driver when the process-wide policy changes; true unless set. A loop that does not
     * follow leaves its driver only if that goes away or fails; without another driver it is parked until one comes.
     */
    public LoopOptions withFollowing(boolean follow) {
        return new LoopOptions(name, follow, resolver, clock);
    }

    /** With another resolver than the system's. */
    public LoopOptions withResolver(NameResolver nameResolver) {
        return new LoopOptions(name, following, Objects.requireNonNull(nameResolver, "nameResolver"), clock);
    }

    /**
     * With another clock than the system's monotonic one, for tests and simulations. Give each loop a clock of its own:
     * a clock that lets time pass while its loop is idle does not know about other loops.
     */
    public LoopOptions withClock(LoopClock loopClock) {
        return new LoopOptions(name, following, resolver, Objects.requireNonNull(loopClock, "loopClock"));
    }

    /** Returns the name, or null for {@code loop-N}. */
    public @Nullable String name() {
        return name;
    }

    /** Tells whether the loop follows the process-wide policy. */
    public boolean following() {
        return following;
    }

    /** Returns the resolver, or null for the system's. */
    public @Nullable NameResolver resolver() {
        return resolver;
    }

    /** Returns the clock, or null for the system's. */
    public @Nullable LoopClock clock() {
        return clock;
    }
}
