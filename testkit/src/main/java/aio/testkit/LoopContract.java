package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopOptions;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all suites share: the policy under test, a fresh loop of it for each test, and helpers. Every test ends with the
 * process-wide policy it began with, without a current or running loop, and with its loops closed.
 *
 * <p>A test runs on a thread of its own, so that one that hangs fails alone.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith({ThreadCheck.class, Cases.class})
public abstract class LoopContract {
    /** How long a helper waits for something that must happen. */
    protected static final Duration DEADLINE = Duration.ofSeconds(10);

    private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private @Nullable EventLoopPolicy policyBefore;

    /** A loop of the policy under test, closed after the test. */
    protected EventLoop loop;

    /** Returns a new policy of the kind under test, with no loop set for any thread. */
    protected abstract EventLoopPolicy newPolicy();

    @BeforeEach
    final void openLoop() {
        policyBefore = EventLoops.getEventLoopPolicy();
        loop = newLoop();
    }

    @AfterEach
    final void restore() throws InterruptedException {
        EventLoops.designateMainThread(null);
        EventLoops.setEventLoopPolicy(null);
        for (EventLoop open : loops) {
            assertThat(open.isRunning()).as("loop \"%s\" is running after the test", open.name()).isFalse();
            open.close();
        }
        for (Thread thread : threads) {
            thread.join(DEADLINE.toMillis());
            assertThat(thread.isAlive()).as("thread \"%s\" is alive after the test", thread.getName()).isFalse();
        }
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policyBefore);
    }

    /** Tells whether the driver of the policy under test watches descriptors. Its loops must say the same. */
    protected boolean watchesDescriptors() {
        return newPolicy().driver()
                .map(driver -> driver.features().contains(DriverFeature.DESCRIPTOR_WATCHING)).orElse(true);
    }

    /** Returns whether descriptors are watched; if not, makes sure that the loop says so and refuses this one. */
    protected final boolean canWatch(SelectableChannel channel) {
        assertThat(loop.supports(Feature.DESCRIPTOR_WATCHING)).isEqualTo(watchesDescriptors());
        if (!watchesDescriptors()) {
            assertRefused(() -> loop.addReader(channel, () -> {}));
            assertRefused(() -> loop.addWriter(channel, () -> {}));
            assertThat(loop.info().watched()).isZero();
        }
        return watchesDescriptors();
    }

    /** Skips the rest of a test if descriptors are not watched, once it has made sure that this one is refused. */
    protected final void assumeCanWatch(SelectableChannel channel) {
        assumeTrue(canWatch(channel), "the driver does not watch descriptors");
    }

    private void assertRefused(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("loop \"" + loop.name() + "\"")
                .hasMessageContaining("driver \"" + loop.info().driver().orElse("parked") + "\"")
                .hasMessageContaining(Feature.DESCRIPTOR_WATCHING.name());
    }

    /** Returns one more loop of the policy under test, closed after the test. */
    protected final EventLoop newLoop() {
        return closing(newPolicy().newEventLoop());
    }

    /**
     * Returns one more loop of the policy under test, closed after the test, whose time goes to the next timer whenever
     * it would only wait for that: for what is about timers, not about real time.
     */
    protected final EventLoop newVirtualLoop() {
        return closing(newPolicy().newEventLoop(LoopOptions.defaults().withClock(VirtualClock.jumping())));
    }

    /** Returns a loop on a given driver that keeps it, closed after the test. */
    protected final EventLoop newLoop(IoDriverFactory driver) {
        LoopOptions options = LoopOptions.defaults().withFollowing(false);
        return closing(LoopFactory.ofClassPath().newLoop(driver, options));
    }

    /** Returns a recording twin of the driver that the policy under test brings. */
    protected final RecordingDriverFactory recordingDriver() {
        return new RecordingDriverFactory(driver());
    }

    /** Returns the driver that the policy under test brings. */
    protected final IoDriverFactory driver() {
        return newPolicy().driver().orElseThrow();
    }

    /** Closes {@code made} after the test. */
    protected final EventLoop closing(EventLoop made) {
        loops.add(made);
        return made;
    }

    /** Runs one turn. */
    protected static void runBriefly(EventLoop loop) {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    /** Runs a number of turns. */
    protected static void runTurns(EventLoop loop, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            runBriefly(loop);
        }
    }

    /** Runs the loop until a condition, which its thread checks, is met; fails at the deadline. */
    protected static void runUntil(EventLoop loop, String what, BooleanSupplier condition) {
        runUntil(loop, DEADLINE, what, condition);
    }

    /** Runs the loop until a condition, which its thread checks, is met; fails after {@code limit}. */
    protected static void runUntil(EventLoop loop, Duration limit, String what, BooleanSupplier condition) {
        Duration end = loop.time().plus(limit);
        Runnable look = new Runnable() {
            @Override
            public void run() {
                if (condition.getAsBoolean() || loop.time().compareTo(end) > 0) {
                    loop.stop();
                } else {
                    loop.callLater(Duration.ofMillis(1), this);
                }
            }
        };
        loop.callSoon(look);
        loop.runForever();
        assertThat(condition.getAsBoolean()).as("%s within %s", what, limit).isTrue();
    }

    /** Runs {@code work} inside the loop and returns its result, or throws what it throws. */
    protected static <T extends @Nullable Object> T inside(EventLoop loop, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        loop.callSoon(() -> {
            task.run();
            loop.stop();
        });
        loop.runForever();
        return outcome(task);
    }

    /** Runs {@code work} on another thread, waits for it and returns its result, or throws what it throws. */
    protected final <T extends @Nullable Object> T elsewhere(Callable<T> work) throws Exception {
        return elsewhere("elsewhere", work);
    }

    /** Runs {@code work} on another thread of a name, waits for it and returns its result, or throws what it throws. */
    protected final <T extends @Nullable Object> T elsewhere(String name, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        start(name, task);
        return outcome(task);
    }

    /** Starts a thread, which must have ended by the end of the test. */
    protected final Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Runs the loop on a thread of its own, until the result is closed. */
    protected final Background inBackground(EventLoop loop) {
        return new Background(loop);
    }

    /** Waits for a condition that another thread brings about; fails at the deadline. */
    protected static void await(String what, BooleanSupplier condition) {
        Await.until(what, condition::getAsBoolean);
    }

    private static <T extends @Nullable Object> T outcome(FutureTask<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** A loop that runs on a thread of its own. */
    protected final class Background implements AutoCloseable {
        private final EventLoop running;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Thread thread;

        private Background(EventLoop loop) {
            running = loop;
            thread = start("runs " + loop.name(), () -> {
                try {
                    loop.runForever();
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                }
            });
            await("loop \"" + loop.name() + "\" runs", () -> loop.isRunning() || failure.get() != null);
        }

        /** Returns the thread. */
        public Thread thread() {
            return thread;
        }

        /** Stops the loop and waits for its thread. */
        @Override
        public void close() throws InterruptedException {
            if (thread.isAlive()) {
                running.callSoonThreadsafe(running::stop);
            }
            thread.join(DEADLINE.toMillis());
            assertThat(failure.get()).as("what ended the background run").isNull();
            assertThat(thread.isAlive()).as("the background run has not ended").isFalse();
        }
    }
}
