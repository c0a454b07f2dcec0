package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.kernel.wanted.Wanted;
import aio.loop.LoopExit;
import aio.spi.DriverContext;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where one loop goes when what is wanted changes, and what the waiters for a generation learn. */
@Timeout(60)
class MigrationTest {
    private static final int MORE_THAN_A_SLICE = 250;
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final SleepingDriver first = new SleepingDriver("first");
    private final SleepingDriver second = new SleepingDriver("second");
    private final SleepingDriver third = new SleepingDriver("third");
    private final List<SelectableChannel> channels = new ArrayList<>();
    private final Wants wants = new Wants();
    private final Kernel kernel = Kernels.on(first, wants);
    private boolean overWhenItWasMet;

    @AfterEach
    void close() throws IOException {
        kernel.close();
        for (SelectableChannel channel : channels) {
            channel.close();
        }
    }

    private CompletableFuture<Outcome> want(@Nullable IoDriverFactory preferred, IoDriverFactory... gone) {
        List<IoDriverFactory> present = preferred == null ? List.of() : List.of(preferred);
        Wanted next = wants.current().next(
                List.of(Wanted.Rule.everyLoop(preferred)), List.of(), present, List.of(gone));
        CompletableFuture<Outcome> outcome = kernel.migration().whenReached(next);
        wants.publish(next);
        if (!kernel.nudge()) {
            kernel.migrateIfIdle();
        }
        return outcome;
    }

    private static int moved(CompletableFuture<Outcome> outcome) {
        assertThat(outcome).isCompleted();
        return outcome.join().moved();
    }

    /**
     * Publishes in a callback that does not return before, then lets the loop continue until the last generation is
     * reached.
     */
    private List<CompletableFuture<Outcome>> wantWhileBlocked(SleepingDriver... targets) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        kernel.callSoon(() -> {
            entered.countDown();
            awaitQuietly(leave);
        });
        Thread runner = new Thread(kernel::runForever);
        runner.start();
        entered.await();
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        for (SleepingDriver target : targets) {
            asked.add(want(target));
        }
        assertThat(asked).noneMatch(CompletableFuture::isDone);
        leave.countDown();
        asked.get(asked.size() - 1).get(SOON_NANOS, TimeUnit.NANOSECONDS);
        kernel.callSoonThreadsafe(kernel::stop);
        runner.join(TimeUnit.NANOSECONDS.toMillis(SOON_NANOS));
        assertThat(runner.isAlive()).as("the loop still runs").isFalse();
        return asked;
    }

    @Test
    void aGenerationThatIsPassedOver_isToldSo() throws Exception {
        List<CompletableFuture<Outcome>> asked = wantWhileBlocked(second, third);
        assertThat(asked).extracting(MigrationTest::moved).containsExactly(0, 1);
        assertThat(asked.get(0).join().stayed()).singleElement().asString().contains("another change came before");
        assertThat(kernel.seat().factory()).isSameAs(third);
    }

    @Test
    void theSameIsWantedTwice_theFirstCountsIt() throws Exception {
        List<CompletableFuture<Outcome>> asked = wantWhileBlocked(second, second);
        assertThat(asked).extracting(MigrationTest::moved).containsExactly(1, 0);
        assertThat(asked.get(1).join().stayed()).isEmpty();
        assertThat(kernel.seat().factory()).isSameAs(second);
    }

    @Test
    void thereAndBackBeforeAnything_nothingIsExchanged() throws Exception {
        assertThat(wantWhileBlocked(second, first)).extracting(MigrationTest::moved).containsExactly(0, 0);
        assertThat(kernel.migration().exchanges()).isZero();
    }

    @Test
    void anotherOneIsWantedMeanwhile_eachCountsItsOwn() throws IOException {
        attachMoreThanASlice();
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(want(second));
            kernel.callSoon(() -> wantOnceUnderWay(asked));
        });
        kernel.runForever();
        assertThat(overWhenItWasMet).as("it takes more than a slice").isFalse();
        assertThat(asked).extracting(MigrationTest::moved).as("the same one counts once").containsExactly(1, 0, 1);
        assertThat(asked).extracting(each -> each.join().kept())
                .containsExactly(MORE_THAN_A_SLICE, 0, MORE_THAN_A_SLICE);
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(kernel.migration().exchanges()).isEqualTo(2);
    }

    /** Publishes the target of the present exchange again, then another one, and stops when that is reached. */
    private void wantOnceUnderWay(List<CompletableFuture<Outcome>> asked) {
        if (asked.size() == 1 && isHalfCarried()) {
            overWhenItWasMet = asked.get(0).isDone();
            asked.add(want(second));
            asked.add(want(third));
        }
        if (asked.size() > 1 && asked.stream().allMatch(CompletableFuture::isDone)) {
            kernel.stop();
            return;
        }
        kernel.callSoon(() -> wantOnceUnderWay(asked));
    }

    private boolean isHalfCarried() {
        long carried = carried();
        return carried > 0 && carried < MORE_THAN_A_SLICE;
    }

    /** Returns how many channels the newest driver has. */
    private long carried() {
        return kernel.seat().attachments().stream().filter(each -> each.mount == kernel.seat().mount()).count();
    }

    private void attachMoreThanASlice() throws IOException {
        attach(MORE_THAN_A_SLICE);
    }

    private void attach(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            PlainAttachment connection = new PlainAttachment(Attachment.Kind.CONNECTION);
            channels.add(connection.channel());
            kernel.seat().attach(connection);
        }
    }

    @Test
    void moreThanASlice_isCarriedAfterATurnWithTheOpenDriver() throws IOException {
        attach(Carriage.SLICE + 1);
        assertThat(carriedOnceOpen()).isZero();
    }

    @Test
    void aSlice_isBegunAtOnce() throws IOException {
        attach(Carriage.SLICE);
        assertThat(carriedOnceOpen()).isPositive();
    }

    /** Returns how many channels the second driver has when a callback sees it for the first time. */
    private long carriedOnceOpen() {
        AtomicLong carried = new AtomicLong();
        kernel.callSoon(() -> {
            want(second);
            kernel.callSoon(() -> countOnceOpen(carried));
        });
        kernel.runForever();
        return carried.get();
    }

    private void countOnceOpen(AtomicLong carried) {
        if (kernel.seat().factory() == second) {
            carried.set(carried());
            kernel.stop();
        } else {
            kernel.callSoon(() -> countOnceOpen(carried));
        }
    }

    @Test
    void aLoopThatStopsBefore_exchangesAtTheEndOfItsRun() {
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(want(second));
            asked.add(want(third));
            kernel.stop();
        });
        kernel.runForever();
        assertThat(asked).extracting(MigrationTest::moved).containsExactly(0, 1);
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(moved(want(first))).isEqualTo(1);
        kernel.stop();
        kernel.runForever();
        assertThat(kernel.seat().factory()).as("nothing of the first ones comes later").isSameAs(first);
    }

    @Test
    void aLoopThatStopsHalfWay_exchangesTheRestAtTheEndOfItsRun() throws IOException {
        attachMoreThanASlice();
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(want(second));
            kernel.callSoon(() -> stopOnceUnderWay(asked));
        });
        kernel.runForever();
        assertThat(overWhenItWasMet).as("it takes more than a slice").isFalse();
        assertThat(moved(asked.get(0))).isEqualTo(1);
        assertThat(asked.get(0).join().kept()).isEqualTo(MORE_THAN_A_SLICE);
    }

    private void stopOnceUnderWay(List<CompletableFuture<Outcome>> asked) {
        if (isHalfCarried()) {
            overWhenItWasMet = asked.get(0).isDone();
            kernel.stop();
        } else {
            kernel.callSoon(() -> stopOnceUnderWay(asked));
        }
    }

    @Test
    void aLoopWhoseRunFails_exchangesAtItsEnd() {
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(want(second));
            throw new LoopExit("planted");
        });
        assertThatThrownBy(kernel::runForever).isInstanceOf(LoopExit.class);
        assertThat(moved(asked.get(0))).isEqualTo(1);
    }

    @Test
    void aClosedLoop_isThereWithoutAnything() {
        kernel.close();
        assertThat(moved(want(second))).isZero();
        assertThat(kernel.seat().factory()).isNull();
    }

    @Test
    void aLoopThatIsClosedMeanwhile_saysSo() {
        Wanted next = wants.current().next(List.of(Wanted.Rule.everyLoop(second)), List.of(), List.of(), List.of());
        CompletableFuture<Outcome> outcome = kernel.migration().whenReached(next);
        kernel.close();
        assertThat(outcome.join().stayed()).singleElement().asString().contains("has not followed: it was closed");
    }

    @Test
    void aDriverThatCannotTellItsName_isRefusedByThatOfItsClass() {
        SleepingDriver broken = new SleepingDriver("") {
            @Override
            public String name() {
                throw new NoClassDefFoundError("planted failure");
            }

            @Override
            public IoDriver open(DriverContext context) {
                throw new NoClassDefFoundError("planted failure");
            }
        };
        assertThat(want(broken).join().stayed()).singleElement().asString()
                .contains("driver \"" + broken.getClass().getName() + "\" (", ") cannot be opened");
        assertThat(kernel.seat().factory()).isSameAs(first);
    }

    @Test
    void aDriverThatCannotBeOpenedForWantOfSomething_isTriedAgain() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        SleepingDriver wanting = new SleepingDriver("wanting") {
            @Override
            public IoDriver open(DriverContext context) {
                if (back.getCount() > 0) {
                    back.countDown();
                    throw new OutOfMemoryError("planted");
                }
                return super.open(context);
            }
        };
        Thread runner = new Thread(kernel::runForever);
        runner.start();
        assertThat(want(wanting).get(SOON_NANOS, TimeUnit.NANOSECONDS).stayed()).singleElement().asString()
                .contains("driver \"wanting\"", "cannot be opened", "planted", "raise the limits");
        kernel.callSoonThreadsafe(() -> stopOnceOn(wanting));
        runner.join(TimeUnit.NANOSECONDS.toMillis(SOON_NANOS));
        assertThat(kernel.seat().factory()).isSameAs(wanting);
    }

    private void stopOnceOn(SleepingDriver driver) {
        if (kernel.seat().factory() == driver) {
            kernel.stop();
        } else {
            kernel.callAt(kernel.now() + TimeUnit.MILLISECONDS.toNanos(5), () -> stopOnceOn(driver));
        }
    }

    @Test
    void aLoopOnADriverThatIsGone_isParked_untilThereIsOne() {
        want(null, second);
        assertThat(kernel.seat().factory()).as("the driver is not the departed one").isSameAs(first);
        assertThat(moved(want(null, first))).isEqualTo(1);
        assertThat(kernel.seat().factory()).isNull();
        assertThat(moved(want(third))).isEqualTo(1);
        assertThat(kernel.seat().factory()).isSameAs(third);
    }

    @Test
    void aLoopOnADriverThatIsGone_isNotParked_ifAnotherOneIsWanted() {
        kernel.callSoon(() -> {
            want(second);
            want(third, first);
            kernel.stop();
        });
        kernel.runForever();
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(kernel.migration().exchanges()).isEqualTo(1);
    }

    @Test
    void aDriverThatFailsAtEachPoll_isReplacedFourTimes_thenGivenUp() {
        FailingDriver failing = new FailingDriver();
        List<String> givenUp = new ArrayList<>();
        wants.tellGivenUp((loop, driver, reason) -> givenUp.add(reason));
        kernel.calls().errors().setHandler((loop, context) -> {});
        want(failing);
        kernel.callSoon(() -> stopWhenParked(failing));
        kernel.runForever();
        assertThat(failing.opened).isEqualTo(Faults.MOST);
        assertThat(kernel.seat().factory()).as("the one before still works").isNull();
        assertThat(givenUp).singleElement().asString().contains("5 times within 10 s", "planted failure");
    }

    @Test
    void aDriverThatLacksMemoryAtEachPoll_isLeftAsWell_andIsNotGivenUp() {
        FailingDriver failing = new FailingDriver();
        failing.lacksMemory = true;
        List<String> givenUp = new ArrayList<>();
        wants.tellGivenUp((loop, driver, reason) -> givenUp.add(reason));
        kernel.calls().errors().setHandler((loop, context) -> {});
        want(failing);
        kernel.callSoon(() -> stopWhenParked(failing));
        kernel.runForever();
        assertThat(failing.opened).isEqualTo(Faults.MOST);
        assertThat(kernel.seat().factory()).isNull();
        assertThat(givenUp).isEmpty();
    }

    @Test
    void aDriverThatFailsBeforeItHasAChannel_isReplacedAgain() throws IOException {
        assertReplacedAgain(() -> true);
    }

    @Test
    void aDriverThatFailsWhileItTakesOver_isReplacedAgain() throws IOException {
        assertReplacedAgain(this::isHalfCarried);
    }

    /** A fault of the fresh driver, when that is asked, is one more fault, and no reason to leave it. */
    private void assertReplacedAgain(BooleanSupplier fails) throws IOException {
        attachMoreThanASlice();
        FailingDriver failing = new FailingDriver();
        failing.polls = true;
        failing.fails = () -> failing.failures == 2 || fails.getAsBoolean();
        kernel.calls().errors().setHandler((loop, context) -> {});
        want(failing, first);
        failing.failures = 2;
        kernel.callSoon(() -> stopWhenCalm(failing));
        kernel.runForever();
        assertThat(failing.opened).isEqualTo(3);
        assertThat(kernel.seat().factory()).isSameAs(failing);
        assertThat(carried()).isEqualTo(MORE_THAN_A_SLICE);
    }

    private void stopWhenCalm(FailingDriver failing) {
        if (failing.failures > 0 || kernel.migration().isDue()) {
            kernel.callSoon(() -> stopWhenCalm(failing));
        } else {
            kernel.stop();
        }
    }

    private void stopWhenParked(FailingDriver failing) {
        if (kernel.seat().factory() == failing) {
            kernel.callSoon(() -> stopWhenParked(failing));
        } else {
            kernel.stop();
        }
    }

    @Test
    void aLoopThatIsParkedByFailures_tellsIt_oneThatHasNothingToGoTo_doesNot() {
        AtomicInteger told = new AtomicInteger();
        wants.tellParked(told::incrementAndGet);
        want(null, first);
        assertThat(kernel.seat().factory()).isNull();
        assertThat(told).hasValue(0);
        want(second);
        FailingDriver failing = new FailingDriver();
        failing.opens = false;
        want(failing);
        assertThat(kernel.seat().factory()).as("its own one is still there").isSameAs(second);
        assertThat(told).hasValue(0);
        want(failing, second);
        assertThat(kernel.seat().factory()).isNull();
        assertThat(told).hasValue(1);
    }

    @Test
    void aParkedLoopTriesAgain_whatWasMissingMayBeThere() {
        FailingDriver failing = new FailingDriver();
        failing.opens = false;
        want(failing, first);
        assertThat(kernel.seat().factory()).isNull();
        failing.opens = true;
        failing.polls = true;
        kernel.callSoon(() -> stopWhenOn(failing));
        kernel.runForever();
        assertThat(kernel.seat().factory()).isSameAs(failing);
    }

    private void stopWhenOn(IoDriverFactory driver) {
        if (kernel.seat().factory() == driver) {
            kernel.stop();
        } else {
            kernel.callAt(kernel.now() + 1_000_000, () -> stopWhenOn(driver));
        }
    }

    /** Fails at each poll, or to be opened. */
    private static final class FailingDriver extends SleepingDriver {
        boolean opens = true;
        boolean polls;
        boolean lacksMemory;
        BooleanSupplier fails = () -> true;
        int failures;
        int opened;

        FailingDriver() {
            super("failing");
        }

        @Override
        public IoDriver open(DriverContext context) {
            if (!opens) {
                throw new IllegalStateException("planted failure");
            }
            opened++;
            return this;
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            boolean isFault = failures > 0 && fails.getAsBoolean();
            failures -= isFault ? 1 : 0;
            if (!polls || isFault) {
                throw lacksMemory ? new OutOfMemoryError("planted lack") : new AssertionError("planted failure");
            }
            return super.poll(timeoutNanos);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
