package aio.proof.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.testkit.VirtualLoops;
import aio.testkit.junit.TestOnSeeds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tests that fail in some orders only; run by {@link SeedsTest}. */
class Racing {
    static final int SEEDS = 20;

    /** Each of two loops reads in one turn and writes in the next: one of two deposits may be lost. */
    @TestOnSeeds(count = SEEDS)
    void twoDeposits(VirtualLoops loops) {
        AtomicInteger balance = new AtomicInteger();
        for (EventLoop loop : List.of(loops.newLoop("first"), loops.newLoop("second"))) {
            loop.callLater(Duration.ofHours(1), () -> {
                int seen = balance.get();
                loop.callSoon(() -> balance.set(seen + 100));
            });
        }
        loops.run();
        assertThat(balance.get()).as("two deposits of 100").isEqualTo(200);
    }

    /** The third loop expects the first message before the second. */
    @TestOnSeeds(count = SEEDS)
    void twoMessages(VirtualLoops loops) {
        EventLoop third = loops.newLoop("third");
        AtomicInteger got = new AtomicInteger();
        for (int number = 0; number < 2; number++) {
            int mine = number;
            EventLoop sender = loops.newLoop("sender");
            sender.callLater(Duration.ofHours(1), () -> third.callSoonThreadsafe(() -> {
                if (got.getAndIncrement() != mine) {
                    throw new IllegalStateException("message " + mine + " is not in its place");
                }
            }));
        }
        loops.run();
    }

    @TestOnSeeds(count = 3)
    void leaves(VirtualLoops loops) {
        EventLoop loop = loops.newLoop("leaving");
        loop.callLater(Duration.ofHours(2), () -> {});
        loops.runFor(Duration.ofHours(1));
    }
}
