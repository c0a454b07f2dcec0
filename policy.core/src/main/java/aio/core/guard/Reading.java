package aio.core.guard;

import aio.loop.Distribution;
import aio.loop.LoopStatistics;
import java.time.Duration;

/**
 * What is known of one loop over a time. Immutable.
 *
 * @param loop its name
 * @param delay how long it was at work between two looks for I/O
 * @param beats how long callbacks that another thread gave it have waited
 * @param underWay for how long it does what it does now, or a callback waits now: the longer one of both; else zero
 * @param failed connections that were lost with a cause, and accepts and connects that failed
 * @param ended connections that ended in order
 */
public record Reading(
        String loop, Distribution delay, Distribution beats, Duration underWay, long failed, long ended) {

    /** Returns what a loop has done since it was made. */
    public static Reading of(LoopStatistics statistics, Distribution beats, Duration underWay) {
        return new Reading(statistics.loop(), statistics.delay(), beats, underWay,
                statistics.lost() + statistics.acceptsFailed() + statistics.connectsFailed(), statistics.ended());
    }

    /** Returns what the loop has done after {@code earlier}; what it does now stays. */
    public Reading since(Reading earlier) {
        return new Reading(loop, delay.since(earlier.delay), beats.since(earlier.beats), underWay,
                Math.max(0, failed - earlier.failed), Math.max(0, ended - earlier.ended));
    }

    /** Returns the reading with the failures of another one: that one has begun to count earlier. */
    public Reading withErrorsOf(Reading other) {
        return new Reading(loop, delay, beats, underWay, other.failed, other.ended);
    }

    /** Returns the reading of a loop that does nothing any more. */
    public Reading over() {
        return new Reading(loop, delay, beats, Duration.ZERO, failed, ended);
    }
}
