package aio.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options of a pin, see {@link PolicyAdmin#pin(String, PinOptions)}. Immutable; each {@code with…} method returns a
 * changed copy.
 *
 * <p>A pin with a canary or a watch is a trial; {@link PolicyDirectory#trial} shows it. With a canary some loops go to
 * the policy first. With a watch the loops on the policy are judged for a while: if something is wrong, the pin is
 * rolled back; if not, the other loops follow. A canary without a watch stays until the operator chooses again. One
 * trial is under way at a time; the next choice of the operator ends it.
 */
public final class PinOptions {
    private static final PinOptions DEFAULTS =
            new PinOptions(PolicyScope.process(), null, Duration.ZERO, null, null, null);

    private final PolicyScope scope;
    private final @Nullable Canary canary;
    private final Duration watch;
    private final @Nullable Duration maxLag;
    private final @Nullable Double maxErrors;
    private final @Nullable Duration duration;

    private PinOptions(PolicyScope scope, @Nullable Canary canary, Duration watch, @Nullable Duration maxLag,
            @Nullable Double maxErrors, @Nullable Duration duration) {
        this.scope = scope;
        this.canary = canary;
        this.watch = watch;
        this.maxLag = maxLag;
        this.maxErrors = maxErrors;
        this.duration = duration;
    }

    /** Returns options for a pin of all loops of the process, at once and until the operator chooses again. */
    public static PinOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that pin a policy for some loops only.
     *
     * @throws IllegalArgumentException for a canary, in which nothing can be pinned
     */
    public PinOptions withScope(PolicyScope newScope) {
        if (Objects.requireNonNull(newScope, "newScope").kind() == PolicyScope.Kind.CANARY) {
            throw new IllegalArgumentException("scope is '" + newScope + "', expected process, loop:NAME or bundle:ID:"
                    + " a canary ends by itself, nothing can be pinned in it");
        }
        return new PinOptions(newScope, canary, watch, maxLag, maxErrors, duration);
    }

    /** Returns options with which some of the loops go first. */
    public PinOptions withCanary(Canary loops) {
        return new PinOptions(scope, Objects.requireNonNull(loops, "loops"), watch, maxLag, maxErrors, duration);
    }

    /**
     * Returns options with a watch: the loops that have gone to the policy are judged for this time, then the pin is
     * kept or rolled back. Zero or less means no watch.
     */
    public PinOptions withWatch(Duration window) {
        Duration positive = window.isNegative() ? Duration.ZERO : window;
        return new PinOptions(scope, canary, positive, maxLag, maxErrors, duration);
    }

    /**
     * Returns options with another limit for the lag during the watch: 99 of 100 waits for a poll, and of callbacks of
     * other threads, must not take longer. 100 ms unless set.
     */
    public PinOptions withMaxLag(Duration lag) {
        return new PinOptions(scope, canary, watch, Objects.requireNonNull(lag, "lag"), maxErrors, duration);
    }

    /**
     * Returns options with another limit for failures during the watch: the share of connections that end with a
     * failure may be higher by this much than on the loops that are compared. 0.01, one in a hundred, unless set.
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if it is not
     */
    public PinOptions withMaxErrors(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of errors is " + share + ": expected 0 to 1, 0.01 for 1 %");
        }
        return new PinOptions(scope, canary, watch, maxLag, share, duration);
    }

    /**
     * Returns options with which the pin ends by itself after this time, also if the process is restarted meanwhile.
     * Only for the scope of the process. Zero or less ends it at once.
     */
    public PinOptions withDuration(Duration time) {
        return new PinOptions(scope, canary, watch, maxLag, maxErrors, Objects.requireNonNull(time, "time"));
    }

    /**
     * Returns a copy with one more option, in the form that consoles and configurations use.
     *
     * @param key {@code scope}, {@code canary}, {@code watch}, {@code max.lag}, {@code max.errors} or {@code for}
     * @param value a scope, see {@link PolicyScope#of}; a canary, see {@link Canary#of}; a time such as {@code 30s},
     *     {@code 50ms}, {@code 1h30m} or {@code PT30S}; a share such as {@code 0.1%} or {@code 0.001}
     * @throws IllegalArgumentException if key or value is none of these; the message says which is expected
     */
    public PinOptions with(String key, String value) {
        return switch (Objects.requireNonNull(key, "key")) {
            case "scope" -> withScope(PolicyScope.of(value.trim()));
            case "canary" -> withCanary(Canary.of(value));
            case "watch" -> withWatch(PinTexts.duration(key, value));
            case "max.lag" -> withMaxLag(PinTexts.duration(key, value));
            case "max.errors" -> withMaxErrors(PinTexts.share(key, value));
            case "for" -> withDuration(PinTexts.duration(key, value));
            default -> throw new IllegalArgumentException("a pin has no option '" + key
                    + "': expected scope, canary, watch, max.lag, max.errors or for");
        };
    }

    /** Returns the loops that the pin is for. */
    public PolicyScope scope() {
        return scope;
    }

    /** Returns the loops that go first; empty if all go at once. */
    public Optional<Canary> canary() {
        return Optional.ofNullable(canary);
    }

    /** Returns how long the loops are judged; zero without a watch. */
    public Duration watch() {
        return watch;
    }

    /** Returns the limit for the lag; empty for the default. */
    public Optional<Duration> maxLag() {
        return Optional.ofNullable(maxLag);
    }

    /** Returns the limit for failures, a share from 0 to 1; empty for the default. */
    public Optional<Double> maxErrors() {
        return Optional.ofNullable(maxErrors);
    }

    /** Returns the time after which the pin ends by itself; empty if it does not. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** Tells whether the pin is a trial: with a canary, or a watch. */
    public boolean isTrial() {
        return canary != null || !watch.isZero();
    }

    /** Returns the options for people, such as {@code process, canary 50%, watch 30.0 s}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scope.toString());
        canary().ifPresent(loops -> text.append(", canary ").append(loops));
        if (!watch.isZero()) {
            text.append(", watch ").append(PinTexts.text(watch));
        }
        maxLag().ifPresent(lag -> text.append(", max.lag ").append(PinTexts.text(lag)));
        maxErrors().ifPresent(share -> text.append(String.format(Locale.ROOT, ", max.errors %.3f %%", 100 * share)));
        duration().ifPresent(time -> text.append(", for ").append(PinTexts.text(time)));
        return text.toString();
    }
}
