package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long something took, as a histogram of a loop's {@link LoopStatistics}. Immutable. A time that is read from it is
 * at most an eighth too long, and never longer than {@link #longest}. Times of more than an hour count as an hour. Any
 * thread.
 */
@ProviderType
public interface Distribution {

    /** Returns how many times were counted. */
    long count();

    /** Returns the sum of all times. */
    Duration total();

    /**
     * Returns the longest time; zero if none was counted. In an interval, see {@link #since}, it is at most an eighth
     * too long.
     */
    Duration longest();

    /**
     * Returns a time that the given percentage of all times did not exceed; zero if none was counted.
     *
     * @param percent 50 for the median, 99 for "one in a hundred was longer"
     * @throws IllegalArgumentException if it is not from 0 to 100
     */
    Duration percentile(double percent);

    /**
     * Returns how many times were no longer than {@code limit}, for the buckets of a monitor. A time close to the limit
     * may be missing.
     */
    long countAtMost(Duration limit);

    /**
     * Returns what was counted after {@code earlier}.
     *
     * @param earlier of the same loop
     * @throws IllegalArgumentException if it is of another implementation
     */
    Distribution since(Distribution earlier);
}
