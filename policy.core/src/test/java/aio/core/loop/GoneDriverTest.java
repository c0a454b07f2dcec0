package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.Outcome;
import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.LoopOptions;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a loop ends that is blocked while drivers depart: never on a departed one. */
@Timeout(60)
class GoneDriverTest {
    private static final long NO_WAIT = 0;
    private static final long SOON_NANOS = 20_000_000_000L;

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
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private @Nullable BusyLoop busy;
    private volatile boolean wentAfter;
    private Outcome outcome = Outcome.NOTHING;

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

    private Round want(@Nullable IoDriverFactory preferred, IoDriverFactory... gone) {
        List<IoDriverFactory> present = preferred == null ? List.of() : List.of(preferred);
        Round round = loops.want(preferred, List.of(), present, List.of(gone));
        outcome = round.await(NO_WAIT);
        return round;
    }

    private @Nullable IoDriverFactory driverAtTheEnd() throws InterruptedException {
        busy.end();
        assertThat(wentAfter).as("the loop went to a driver that had departed").isFalse();
        return busy.loop.kernel().seat().factory();
    }

    @Test
    void aLoopThatDoesNotFollow_whoseNextDriverGoes_goesToTheOneAfter() throws InterruptedException {
        block(/* following= */ false);
        want(after, before);
        assertThat(want(third, after).late()).hasSize(1);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aLoopThatDoesNotFollow_whoseNextDriverGoesAsTheLast_isParked() throws InterruptedException {
        block(/* following= */ false);
        want(after, before);
        want(null, after);
        assertThat(driverAtTheEnd()).isNull();
    }

    @Test
    void aFollowingLoopWhoseDriversAllGo_isParked() throws InterruptedException {
        block(/* following= */ true);
        want(after);
        want(after, before);
        want(null, after);
        assertThat(driverAtTheEnd()).isNull();
    }

    @Test
    void aFollowingLoopWhoseNextDriverGoes_stays() throws InterruptedException {
        block(/* following= */ true);
        want(after);
        assertThat(want(null, after).late()).as("nothing is to be done").isEmpty();
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aLoopThatFollowsALaterChange_isNotTurnedBackByTheFirst() throws InterruptedException {
        block(/* following= */ true);
        want(after);
        want(third);
        want(third, after);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aLoopThatDoesNotFollow_andIsParked_continuesOnTheNextDriver() throws InterruptedException {
        block(/* following= */ false);
        want(null, before);
        assertThat(driverAtTheEnd()).isNull();
        assertThat(loops.want(third, List.of(), List.of(third), List.of()).await(SOON_NANOS).moved()).isEqualTo(1);
        assertThat(loops.want(before, List.of(), List.of(before), List.of()).await(SOON_NANOS).moved())
                .as("it does not follow").isZero();
        assertThat(busy.loop.kernel().seat().factory()).isSameAs(third);
    }

    @Test
    void aLoopThatDoesNotFollow_andIsAboutToBeParked_goesToTheNextDriver() throws InterruptedException {
        block(/* following= */ false);
        want(null, before);
        want(third);
        assertThat(want(third, before).late()).as("the second look of a bundle that stops").hasSize(1);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aLoopThatDoesNotFollow_andIsAboutToBeParked_staysIfItsDriverComesBack() throws InterruptedException {
        block(/* following= */ false);
        want(null, before);
        want(before);
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aLoopWithoutItsDriver_goesToTheBestThatIsLeft() throws InterruptedException {
        block(/* following= */ true);
        loops.want(null, List.of(after, third), List.of(), List.of(before, after)).await(NO_WAIT);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aDriverThatEqualsOneThatIsGone_isNotTakenForIt() throws InterruptedException {
        record Equal(String name) implements IoDriverFactory {
            @Override
            public Set<DriverFeature> features() {
                return Set.of();
            }

            @Override
            public IoDriver open(DriverContext context) {
                return new SleepingDriver(name);
            }
        }
        IoDriverFactory present = new Equal("equal");
        busy = new BusyLoop(loops, present, /* following= */ true);
        want(new HopelessDriver(), new Equal("equal"));
        assertThat(driverAtTheEnd()).isSameAs(present);
    }

    @Test
    void aLoopWhoseLateExchangeFails_isNotParked_ifItsDriverIsThere() throws InterruptedException {
        block(/* following= */ true);
        want(new HopelessDriver());
        assertThat(driverAtTheEnd()).isSameAs(before);
    }

    @Test
    void aLoopThatGoesToADriverThatCameBack_isNotParked() throws InterruptedException {
        block(/* following= */ false);
        want(null, third);
        want(third, before);
        assertThat(driverAtTheEnd()).isSameAs(third);
    }

    @Test
    void aLoopThatIsMadeOnADriverThatIsGone_leavesIt() {
        want(third, before);
        CoreLoop late = (CoreLoop) loops.newLoop(before, LoopOptions.defaults().withFollowing(false));
        assertThat(late.kernel().seat().factory()).isSameAs(third);
        late.close();
    }

    @Test
    void aLoopThatIsMadeOnAnotherDriver_staysThere_untilThePolicyChanges() {
        want(third);
        CoreLoop placed = (CoreLoop) loops.newLoop(before, LoopOptions.defaults());
        want(third, after);
        assertThat(placed.kernel().seat().factory()).isSameAs(before);
        loops.want(after, List.of(), List.of(after), List.of()).await(SOON_NANOS);
        assertThat(placed.kernel().seat().factory()).isSameAs(after);
        placed.close();
    }

    @Test
    void anIdleLoopThatCannotExchange_isParked() {
        CoreLoop idle = (CoreLoop) loops.newLoop(before, LoopOptions.defaults());
        try {
            IoDriverFactory hopeless = new HopelessDriver();
            outcome = loops.want(hopeless, List.of(), List.of(hopeless), List.of(before)).await(SOON_NANOS);
            assertThat(outcome.stayed()).singleElement().asString().contains("\"hopeless\" (", ") cannot be opened");
            assertThat(outcome.moved()).as("it is parked").isEqualTo(1);
            assertThat(idle.kernel().seat().factory()).isNull();
        } finally {
            idle.close();
        }
    }

    /** A driver that hangs while it is opened for idle loops holds up those alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void aDriverThatHangsWhileItIsOpened_holdsUpNoOtherLoop(int hung) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(hung);
        CountDownLatch leave = new CountDownLatch(1);
        SleepingDriver hanging = new SleepingDriver("hanging") {
            @Override
            public IoDriver open(DriverContext context) {
                entered.countDown();
                awaitQuietly(leave);
                return super.open(context);
            }
        };
        List<CoreLoop> idle = new ArrayList<>();
        for (int i = 0; i < hung; i++) {
            idle.add((CoreLoop) loops.newLoop(before, LoopOptions.defaults()));
        }
        CoreLoop other = (CoreLoop) loops.newLoop(before, LoopOptions.defaults().withFollowing(false));
        try {
            Round round = loops.want(hanging, List.of(), List.of(), List.of());
            assertThat(round.await(1_000_000).stayed()).hasSize(hung)
                    .allSatisfy(text -> assertThat(text).contains("has not exchanged its driver yet"));
            awaitQuietly(entered);
            loops.want(third, List.of(), List.of(), List.of(before)).await(NO_WAIT);
            while (other.kernel().seat().factory() != third) {
                Thread.onSpinWait();
                assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            }
            assertThat(idle).as("they are held up").allMatch(each -> each.kernel().seat().factory() == before);
        } finally {
            leave.countDown();
            idle.forEach(CoreLoop::close);
            other.close();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
