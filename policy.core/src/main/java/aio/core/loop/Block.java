package aio.core.loop;

import aio.loop.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What held up a loop, as it was seen. */
record Block(
        String loop,
        String thread,
        Instant since,
        Duration lasted,
        boolean isOver,
        String culprit,
        String bundle,
        List<String> stack)
        implements LoopBlock {

    /** Returns it as it is later. */
    Block later(Duration now, boolean over) {
        return new Block(loop, thread, since, now, over, culprit, bundle, stack);
    }
}
