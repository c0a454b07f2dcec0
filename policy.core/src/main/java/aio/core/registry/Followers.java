package aio.core.registry;

import aio.core.loop.ExchangeReport;
import aio.core.loop.Loops;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry needs of the loops, see {@link Loops}. Any thread, never with a lock held. */
public interface Followers {

    EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options);

    List<LoopInfo> infos();

    int countOn(IoDriverFactory driver);

    /** Tells whether a loop waits for a driver. */
    boolean isAnyParked();

    /** Returns how many loops follow and have a driver. */
    int countDriven();

    ExchangeReport follow(IoDriverFactory target, long maxWaitNanos);

    ExchangeReport evict(IoDriverFactory gone, @Nullable IoDriverFactory target, long maxWaitNanos);

    /** Returns the loops of a core. */
    static Followers of(Loops loops) {
        return new Followers() {
            @Override
            public EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options) {
                return loops.newLoop(driver, options);
            }

            @Override
            public List<LoopInfo> infos() {
                return loops.infos();
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
            public ExchangeReport follow(IoDriverFactory target, long maxWaitNanos) {
                return loops.follow(target, maxWaitNanos);
            }

            @Override
            public ExchangeReport evict(
                    IoDriverFactory gone, @Nullable IoDriverFactory target, long maxWaitNanos) {
                return loops.evict(gone, target, maxWaitNanos);
            }
        };
    }
}
