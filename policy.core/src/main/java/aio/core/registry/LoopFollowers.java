package aio.core.registry;

import aio.core.kernel.wanted.Wanted;
import aio.core.loop.Loops;
import aio.core.loop.Observation;
import aio.core.loop.Round;
import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loops of a core, as the registry sees them. Any thread. */
final class LoopFollowers implements Followers {
    private final Loops loops;

    LoopFollowers(Loops loops) {
        this.loops = loops;
    }

    @Override
    public EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options, @Nullable BundleId maker) {
        return loops.newLoop(driver, options, maker);
    }

    @Override
    public List<LoopInfo> infos() {
        return loops.loops();
    }

    @Override
    public Observation observe() {
        return loops.observe();
    }

    @Override
    public int countOn(IoDriverFactory driver) {
        return loops.countOn(driver);
    }

    @Override
    public boolean isAnyParked() {
        return loops.isAnyParked();
    }

    @Override
    public int countDriven() {
        return loops.countDriven();
    }

    @Override
    public ConnectionInfo closeConnection(String loop, long id) {
        return loops.closeConnection(loop, id);
    }

    @Override
    public List<String> drain(long patienceNanos) {
        return loops.drain(patienceNanos);
    }

    @Override
    public boolean wouldMove(IoDriverFactory driver, Collection<IoDriverFactory> gone) {
        return loops.wouldMove(driver, gone);
    }

    @Override
    public Round want(
            List<Wanted.Rule> rules,
            List<IoDriverFactory> standby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone) {
        return loops.wantByRules(rules, standby, present, gone);
    }
}
