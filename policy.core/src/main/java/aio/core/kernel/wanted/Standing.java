package aio.core.kernel.wanted;

import aio.spi.IoDriverFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a loop stands; compared with what is wanted, this tells where it goes next. Immutable; the loop publishes each
 * one.
 *
 * @param phase what the loop is doing
 * @param driver the driver that serves the loop, or is about to; null if it is parked
 * @param failed drivers that have failed on this loop
 * @param since the {@code since} of the wanted value at the time of those failures: once another value is wanted, they
 *     may be tried again
 */
public record Standing(Phase phase, @Nullable IoDriverFactory driver, DriverSet failed, long since) {

    /** What a loop does; drawn in docs/design.md. */
    public enum Phase {
        /** It runs on a driver. */
        SETTLED,
        /** It has no driver; its channels wait. */
        PARKED,
        /** Its driver has failed and serves nothing any more. */
        BROKEN,
        /** Its channels are being carried to another driver. */
        MOVING,
        /** The other driver has failed, and what was carried goes back. */
        RETURNING,
        /** It is closed. */
        CLOSED
    }

    /** What to do at a safepoint. */
    public enum Step { STAY, BEGIN, CARRY }

    /**
     * The result of {@link #next}.
     *
     * @param driver the new driver, if the step is {@code BEGIN}; null to be parked
     */
    public record Move(Step step, @Nullable IoDriverFactory driver) {
        private static final Move STAY = new Move(Step.STAY, null);
        private static final Move CARRY = new Move(Step.CARRY, null);

        public boolean stays() {
            return step == Step.STAY;
        }
    }

    public static Standing on(@Nullable IoDriverFactory driver) {
        return new Standing(driver == null ? Phase.PARKED : Phase.SETTLED, driver, DriverSet.EMPTY, 0);
    }

    public Standing with(Phase next, @Nullable IoDriverFactory nextDriver) {
        return new Standing(next, nextDriver, failed, since);
    }

    /** Returns the standing after everything has been carried. */
    public Standing settled() {
        return with(driver == null ? Phase.PARKED : Phase.SETTLED, driver);
    }

    /** Returns the standing after a driver has failed; {@code wantedSince} says under which wanted value. */
    public Standing failing(@Nullable IoDriverFactory failing, long wantedSince) {
        DriverSet others = since == wantedSince ? failed : DriverSet.EMPTY;
        return new Standing(phase, driver, others.with(failing), wantedSince);
    }

    /** Returns the standing in which every driver may be tried again. */
    public Standing forgiving() {
        return new Standing(phase, driver, DriverSet.EMPTY, since);
    }

    /** Returns the standing in which one driver may be tried again. */
    public Standing forgiving(IoDriverFactory forgiven) {
        return new Standing(phase, driver, failed.changed(List.of(forgiven), List.of()), since);
    }

    /**
     * Returns the step that the loop takes at its next safepoint.
     *
     * @param follows whether it goes to the preferred driver although it could keep its own
     */
    public Move next(Wanted.ForLoop wanted, boolean follows) {
        return switch (phase) {
            case CLOSED -> Move.STAY;
            case MOVING, RETURNING -> Move.CARRY;
            case SETTLED, PARKED, BROKEN -> {
                IoDriverFactory destination = destination(wanted, follows);
                boolean there = destination == driver && phase != Phase.BROKEN;
                yield there ? Move.STAY : new Move(Step.BEGIN, destination);
            }
        };
    }

    /**
     * Returns the driver on which the loop is to end: the preferred one if the loop follows, or cannot keep its own;
     * else its own; else the best one that is left; else none, parked.
     */
    public @Nullable IoDriverFactory destination(Wanted.ForLoop wanted, boolean follows) {
        boolean canStay = isUsable(driver, wanted);
        if ((follows || !canStay) && isUsable(wanted.preferred(), wanted)) {
            return wanted.preferred();
        }
        if (canStay) {
            return driver;
        }
        for (IoDriverFactory each : wanted.standby()) {
            if (isUsable(each, wanted)) {
                return each;
            }
        }
        return null;
    }

    private boolean isUsable(@Nullable IoDriverFactory candidate, Wanted.ForLoop wanted) {
        return candidate != null
                && !wanted.departed().contains(candidate)
                && !(since == wanted.since() && failed.contains(candidate));
    }
}
