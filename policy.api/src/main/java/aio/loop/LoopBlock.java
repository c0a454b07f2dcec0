package aio.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Something that kept a loop from its next poll for 100 ms or longer, asyncio's {@code slow_callback_duration}. It is
 * found by looking at the loop's thread, without debug mode. Immutable. Any thread.
 */
@ProviderType
public interface LoopBlock {

    /** Returns the name of the loop. */
    String loop();

    /** Returns the name of the thread that ran it. */
    String thread();

    /** Returns when it began, by the system's wall clock, for people. */
    Instant since();

    /** Returns how long it lasted, or lasts already; at most a tenth of a second too short. */
    Duration lasted();

    /** Tells whether the loop works again. */
    boolean isOver();

    /**
     * Returns what held the loop up, as far as it could be seen: the class of a callback or protocol, or a driver.
     * Empty if there is no single cause, as with many short callbacks or a thread without a processor.
     */
    Optional<String> culprit();

    /** Returns the bundle that the culprit comes from; empty outside a framework. */
    Optional<BundleId> bundle();

    /**
     * Returns the stack of the thread when it was seen, the innermost call first, down to the callback that the loop
     * has called, if there is one. A deep stack is cut.
     */
    List<String> stack();
}
