package aio.policy.jmx;

import aio.loop.LoopBlock;
import java.util.Date;
import java.util.List;

/** What held up a loop, as JMX shows it. */
public final class BlockView {
    private final LoopBlock block;

    BlockView(LoopBlock block) {
        this.block = block;
    }

    /** Returns the name of the loop. */
    public String getLoop() {
        return block.loop();
    }

    /** Returns when it began. */
    public Date getSince() {
        return Date.from(block.since());
    }

    /** Returns how long it lasted, or lasts already. */
    public double getSeconds() {
        return StatisticsView.seconds(block.lasted());
    }

    /** Tells whether the loop works again. */
    public boolean isOver() {
        return block.isOver();
    }

    /** Returns what held the loop up; empty if it was nothing in particular. */
    public String getCulprit() {
        return block.culprit().orElse("");
    }

    /** Returns the bundle of that; empty if it is of none. */
    public String getBundle() {
        return block.bundle().map(Object::toString).orElse("");
    }

    /** Returns what the thread was doing, the innermost call first. */
    public List<String> getStack() {
        return block.stack();
    }
}
