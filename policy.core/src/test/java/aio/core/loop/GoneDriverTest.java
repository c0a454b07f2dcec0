package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.LoopOptions;
import aio.loop.RunningLoop;
import aio.spi.DriverContext;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a loop ends that is blocked while drivers go: never on one that is gone. */
@Timeout(60)
class GoneDriverTest {
    private static final long NO_WAIT = 0;

    private final SleepingDriver before = new SleepingDriver("before");
    private final SleepingDriver after = new SleepingDriver("after") {
        @Override
        public IoDriver open(DriverContext context) {
            wentAfter = true;
            return super.open(context);
        }
    };
    private final SleepingDriver third = new SleepingDriver("third");
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(type -> "", launcher);
    private @Nullable BusyLoop busy;
    private volatile boolean wentAfter;

    @AfterEach
    void close() throws InterruptedException {
        if (busy != null) {
            busy.close();
        }
        launcher.close();
    }

    private void block(boolean following) throws InterruptedException {
        busy = new BusyLoop(loops, before, following);
    }

    /** As on the thread of a loop: no driver is probed, and these would not stand it. */
    private void followUnprobed(IoDriverFactory next) {
        RunningLoop.set(busy.loop);
        try {
            assertThat(loops.follow(next, NO_WAIT).late()).hasSize(1);
        } finally {
            RunningLoop.set(null);
        }
    }

    private @Nullable IoDriverFactory driverAtTheEnd() throws InterruptedException {
        busy.end();
        assertThat(wentAfter).as("the loop went to a driver that was gone by then").isFalse();
        return busy.loop.kernel().seat().factory();
    }

    @Test
    void aPinnedLoopWhoseNextDriverGoes_goesToTheOneAfter() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(before, after, NO_WAIT);
        assertThat(loops.evict(after, third, NO_WAIT).late()).hasSize(1);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aPinnedLoopWhoseNextDriverGoesAsTheLast_isParked() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(before, after, NO_WAIT);
        loops.evict(after, null, NO_WAIT);
        assertThat(driverAtTheEnd()).isNull();
    }

    @Test
    void aFollowingLoopWhoseDriversAllGo_isParked() throws InterruptedException {
        block(/* following= */ true);
        followUnprobed(after);
        assertThat(loops.evict(before, after, NO_WAIT).late()).as("it was asked, and is reported already").isEmpty();
        loops.evict(after, null, NO_WAIT);
        assertThat(driverAtTheEnd()).isNull();
    }

    @Test
    void aFollowingLoopWhoseNextDriverGoes_staysIfTheOneAfterDoesNotWork() throws InterruptedException {
        block(/* following= */ true);
        followUnprobed(after);
        assertThat(loops.follow(third, NO_WAIT).stayed()).singleElement().asString()
                .contains("all loops stay on the driver they have");
        assertThat(loops.evict(after, third, NO_WAIT)).as("nobody is to follow").isEqualTo(ExchangeReport.NOTHING);
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aLoopThatFollowsALaterChange_isNotTurnedBackByTheFirst() throws InterruptedException {
        block(/* following= */ true);
        followUnprobed(after);
        followUnprobed(third);
        loops.evict(after, third, NO_WAIT);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aPinnedLoopThatIsParked_goesOnWithTheNextDriver() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(before, null, NO_WAIT);
        assertThat(driverAtTheEnd()).isNull();
        RunningLoop.set(busy.loop); // no driver is probed: these would not stand it
        try {
            assertThat(loops.follow(third, NO_WAIT).loops()).isEqualTo(1);
            assertThat(loops.follow(before, NO_WAIT).loops()).as("it is pinned again").isZero();
        } finally {
            RunningLoop.set(null);
        }
        assertThat(busy.loop.kernel().seat().factory()).isSameAs(third);
    }

    @Test
    void aPinnedLoopThatIsAboutToBeParked_goesToTheNextDriver() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(before, null, NO_WAIT);
        followUnprobed(third);
        assertThat(loops.evict(before, third, NO_WAIT).late()).as("the second look of a bundle that stops").hasSize(1);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aPinnedLoopThatIsAboutToBeParked_staysIfItsDriverComesBack() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(before, null, NO_WAIT);
        followUnprobed(before);
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aDriverThatEqualsOneThatIsGone_isNotTakenForIt() throws InterruptedException {
        record Equal(String name) implements IoDriverFactory {
            @Override
            public IoDriver open(DriverContext context) {
                return new SleepingDriver(name);
            }
        }
        IoDriverFactory present = new Equal("equal");
        busy = new BusyLoop(loops, present, /* following= */ true);
        loops.evict(new Equal("equal"), null, NO_WAIT);
        followUnprobed(new HopelessDriver());
        assertThat(driverAtTheEnd()).isSameAs(present);
    }

    @Test
    void aLoopWhoseLateExchangeFails_isNotParked_ifItsDriverIsThere() throws InterruptedException {
        block(/* following= */ true);
        followUnprobed(new HopelessDriver());
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aLoopThatGoesToADriverThatCameBack_isNotParked() throws InterruptedException {
        block(/* following= */ false);
        loops.evict(third, null, NO_WAIT);
        loops.evict(before, third, NO_WAIT);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void anIdleLoopThatCannotExchange_isParked() {
        CoreLoop idle = (CoreLoop) loops.newLoop(before, LoopOptions.defaults());
        try {
            ExchangeReport report = loops.evict(before, new HopelessDriver(), NO_WAIT);
            assertThat(report.stayed()).singleElement().asString().contains("\"hopeless\" cannot be opened");
            assertThat(report.loops()).as("it is parked").isEqualTo(1);
            assertThat(idle.kernel().seat().factory()).isNull();
        } finally {
            idle.close();
        }
    }
}
