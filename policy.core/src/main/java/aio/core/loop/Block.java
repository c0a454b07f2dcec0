package aio.core.loop;

import aio.loop.BundleId;
import aio.loop.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One time that a loop was held up, as it was seen. */
record Block(
        String loop,
        String thread,
        Instant since,
        Duration lasted,
        boolean isOver,
        Optional<String> culprit,
        Optional<BundleId> bundle,
        List<String> stack)
        implements LoopBlock {

    /** Returns it with what is known later. */
    Block later(Duration now, boolean over) {
        return new Block(loop, thread, since, now, over, culprit, bundle, stack);
    }
}
