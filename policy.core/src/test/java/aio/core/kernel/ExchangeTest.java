package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopExit;
import aio.spi.DriverContext;
import aio.spi.IoDriver;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each of several who want a loop on other drivers learns. */
@Timeout(60)
class ExchangeTest {
    private static final int MORE_THAN_A_SLICE = 250;
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final SleepingDriver first = new SleepingDriver("first");
    private final SleepingDriver second = new SleepingDriver("second");
    private final SleepingDriver third = new SleepingDriver("third");
    private final List<SelectableChannel> channels = new ArrayList<>();
    private final Kernel kernel = Kernels.on(first);
    private boolean overWhenItWasMet;

    @AfterEach
    void close() throws IOException {
        kernel.close();
        for (SelectableChannel channel : channels) {
            channel.close();
        }
    }

    /** Asks in a callback that does not return before, then lets the loop go on until the last one is over. */
    private List<Exchange> askWhileBlocked(@Nullable SleepingDriver... targets) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        kernel.callSoon(() -> {
            entered.countDown();
            awaitQuietly(leave);
        });
        Thread runner = new Thread(kernel::runForever);
        runner.start();
        entered.await();
        List<Exchange> asked = new ArrayList<>();
        for (SleepingDriver target : targets) {
            asked.add(kernel.exchange(target));
        }
        assertThat(asked).noneMatch(exchange -> exchange.await(0));
        leave.countDown();
        assertThat(asked.get(asked.size() - 1).await(SOON_NANOS)).isTrue();
        kernel.callSoonThreadsafe(kernel::stop);
        runner.join(TimeUnit.NANOSECONDS.toMillis(SOON_NANOS));
        assertThat(runner.isAlive()).as("the loop runs still").isFalse();
        return asked;
    }

    @Test
    void anotherOneIsWantedBefore_theFirstIsOverWithoutAnything() throws InterruptedException {
        List<Exchange> asked = askWhileBlocked(second, third);
        assertThat(asked).allMatch(exchange -> exchange.await(0)).extracting(Exchange::exchanged).containsExactly(0, 1);
        assertThat(kernel.seat().factory()).isSameAs(third);
    }

    @Test
    void theSameIsWantedTwice_bothAreOver_theFirstCountsIt() throws InterruptedException {
        List<Exchange> asked = askWhileBlocked(second, second);
        assertThat(asked).allMatch(exchange -> exchange.await(0)).extracting(Exchange::exchanged).containsExactly(1, 0);
        assertThat(kernel.seat().factory()).isSameAs(second);
    }

    @Test
    void thereAndBackBeforeAnything_nobodyHasExchanged() throws InterruptedException {
        List<Exchange> asked = askWhileBlocked(second, first);
        assertThat(asked).allMatch(exchange -> exchange.await(0)).extracting(Exchange::exchanged).containsExactly(0, 0);
    }

    @Test
    void anotherOneIsWantedMeanwhile_eachCountsItsOwn() throws IOException {
        attachMoreThanASlice();
        List<Exchange> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(kernel.exchange(second));
            kernel.callSoon(() -> askOnceUnderWay(asked));
        });
        kernel.runForever();
        assertThat(overWhenItWasMet).as("it takes more than a slice").isFalse();
        assertThat(asked).hasSize(3).allMatch(exchange -> exchange.await(0));
        assertThat(asked).extracting(Exchange::exchanged).as("the same one counts once").containsExactly(1, 0, 1);
        assertThat(asked).extracting(Exchange::kept).containsExactly(MORE_THAN_A_SLICE, 0, MORE_THAN_A_SLICE);
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(kernel.seat().exchanges()).isEqualTo(2);
    }

    /** Wants the one that is under way again, then another one, and stops when that is there. */
    private void askOnceUnderWay(List<Exchange> asked) {
        if (asked.size() == 1 && kernel.seat().factory() == second) {
            overWhenItWasMet = asked.get(0).await(0);
            asked.add(kernel.exchange(second));
            asked.add(kernel.exchange(third));
        }
        if (asked.size() > 1 && asked.stream().allMatch(exchange -> exchange.await(0))) {
            kernel.stop();
            return;
        }
        kernel.callSoon(() -> askOnceUnderWay(asked));
    }

    private void attachMoreThanASlice() throws IOException {
        for (int i = 0; i < MORE_THAN_A_SLICE; i++) {
            PlainAttachment connection = new PlainAttachment(Attachment.Kind.CONNECTION);
            channels.add(connection.channel());
            kernel.seat().attach(connection);
        }
    }

    @Test
    void aLoopThatStopsBefore_exchangesAtTheEndOfItsRun() {
        List<Exchange> asked = askInTheLastTurn(second, third);
        assertThat(asked).allMatch(exchange -> exchange.await(0)).extracting(Exchange::exchanged).containsExactly(0, 1);
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(kernel.exchange(first).exchanged()).isEqualTo(1);
        kernel.stop();
        kernel.runForever(); // nothing of the first wishes comes behind
        assertThat(kernel.seat().factory()).isSameAs(first);
    }

    @Test
    void aLoopThatStopsHalfWay_exchangesTheRestAtTheEndOfItsRun() throws IOException {
        attachMoreThanASlice();
        List<Exchange> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(kernel.exchange(second));
            kernel.callSoon(() -> stopOnceUnderWay(asked));
        });
        kernel.runForever();
        assertThat(overWhenItWasMet).as("it takes more than a slice").isFalse();
        assertThat(asked).singleElement().satisfies(exchange -> {
            assertThat(exchange.await(0)).isTrue();
            assertThat(exchange.exchanged()).isEqualTo(1);
            assertThat(exchange.kept()).isEqualTo(MORE_THAN_A_SLICE);
        });
    }

    private void stopOnceUnderWay(List<Exchange> asked) {
        if (kernel.seat().factory() == second) {
            overWhenItWasMet = asked.get(0).await(0);
            kernel.stop();
        } else {
            kernel.callSoon(() -> stopOnceUnderWay(asked));
        }
    }

    @Test
    void aLoopWhoseRunFails_exchangesAtItsEnd() {
        List<Exchange> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            asked.add(kernel.exchange(second));
            throw new LoopExit("planted");
        });
        assertThatThrownBy(kernel::runForever).isInstanceOf(LoopExit.class);
        assertThat(asked).singleElement().extracting(Exchange::exchanged).isEqualTo(1);
    }

    @Test
    void ofAClosedLoop_itIsOverWithoutAnything() {
        kernel.close();
        Exchange exchange = kernel.exchange(second);
        assertThat(exchange.await(0)).isTrue();
        assertThat(exchange.exchanged()).isZero();
        assertThat(kernel.seat().factory()).isNull();
    }

    @Test
    void whoIsToldFails_theOthersAreToldAllTheSame() {
        List<String> told = new ArrayList<>();
        kernel.callSoon(() -> {
            kernel.exchange(second).whenOver(() -> {
                throw new IllegalStateException("planted failure");
            });
            kernel.exchange(second).whenOver(() -> told.add("second"));
            kernel.stop();
        });
        kernel.runForever();
        assertThat(told).containsExactly("second");
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
        assertThat(kernel.exchange(broken).stayed()).singleElement().asString()
                .contains("driver \"" + broken.getClass().getName() + "\" cannot be opened");
    }

    @Test
    void aLoopOnADriverThatIsGone_isParked() {
        kernel.parkIfOn(driver -> driver == second);
        assertThat(kernel.seat().factory()).as("the driver is not the one that is gone").isSameAs(first);
        kernel.parkIfOn(driver -> driver == first);
        assertThat(kernel.seat().factory()).isNull();
    }

    @Test
    void aLoopOnADriverThatIsGone_isNotParked_ifAnotherOneIsWanted() {
        kernel.callSoon(() -> {
            kernel.exchange(second).whenOver(() -> kernel.parkIfOn(driver -> driver == first));
            kernel.exchange(third);
            kernel.parkIfOn(driver -> driver == first);
            kernel.stop();
        });
        kernel.runForever();
        assertThat(kernel.seat().factory()).isSameAs(third);
        assertThat(kernel.seat().exchanges()).isEqualTo(1);
    }

    private List<Exchange> askInTheLastTurn(SleepingDriver... targets) {
        List<Exchange> asked = new ArrayList<>();
        kernel.callSoon(() -> {
            for (SleepingDriver target : targets) {
                asked.add(kernel.exchange(target));
            }
            kernel.stop();
        });
        kernel.runForever();
        return asked;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
