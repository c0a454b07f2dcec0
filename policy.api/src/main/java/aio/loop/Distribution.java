package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long something took, as a histogram: immutable, from a loop's {@link LoopStatistics}. What is read from it is at
 * most an eighth too long, and never longer than {@link #longest}; times of more than an hour count as such. Any
 * thread.
 */
@ProviderType
public interface Distribution {

    /** Returns how many times were counted. */
    long count();

    /** Returns the sum of all times. */
    Duration total();

    /**
     * Returns the longest time; zero if there is none. Of an interval, see {@link #since}, at most an eighth too long.
     */
    Duration longest();

    /**
     * Returns the time that so many percent of all did not exceed; zero if there is none.
     *
     * @param percent 50 for the median, 99 for "one in a hundred was longer"
     * @throws IllegalArgumentException if it is not from 0 to 100
     */
    Duration percentile(double percent);

    /**
     * Returns how many times were no longer than {@code limit}; a monitor's buckets. A time that cannot be told apart
     * from the limit may be missing.
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
