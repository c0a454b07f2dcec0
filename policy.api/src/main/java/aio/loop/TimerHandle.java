package aio.loop;

import java.time.Duration;
import java.util.Comparator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A callback scheduled for a time, as {@code asyncio.TimerHandle}. Equality is identity; to order handles use
 * {@link #BY_DEADLINE}.
 *
 * <p>Thread safety: the thread of the loop. Implemented by the loop.
 */
@ProviderType
public interface TimerHandle extends Handle {

    /** Orders handles of one loop by their deadline. */
    Comparator<TimerHandle> BY_DEADLINE = Comparator.comparing(TimerHandle::when);

    /** Returns the deadline in the time of the loop, see {@link Scheduling#time}. */
    Duration when();
}
