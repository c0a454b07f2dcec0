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

/**
 * What the registry needs of the loops, see {@link Loops}. Any thread; with a lock held only where a method says so.
 */
public interface Followers {

    /** Makes a loop for the code of a bundle, or of none. */
    EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options, @Nullable BundleId maker);

    List<LoopInfo> infos();

    /** Begins to look at how loops do. */
    Observation observe();

    int countOn(IoDriverFactory driver);

    /** Tells whether a loop waits for a driver. */
    boolean isAnyParked();

    /** Returns how many loops follow and have a driver. */
    int countDriven();

    /** Tells whether a loop would go to a driver if that were preferred and others had left. */
    boolean wouldMove(IoDriverFactory driver, Collection<IoDriverFactory> gone);

    /** Publishes what is wanted, see {@link Loops#wantByRules}. Calls no other code; keeps the order of the calls. */
    Round want(
            List<Wanted.Rule> rules,
            List<IoDriverFactory> standby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone);

    /** Closes a connection of a loop; returns how it was. */
    ConnectionInfo closeConnection(String loop, long id);

    /** Lets the loops finish what is under way; returns the owners of what had to be closed. */
    List<String> drain(long patienceNanos);

    /** Returns the loops of a core. */
    static Followers of(Loops loops) {
        return new LoopFollowers(loops);
    }
}
