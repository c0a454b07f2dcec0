package aio.testkit;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopClock;
import aio.loop.LoopOptions;
import aio.policy.EventLoopPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Several loops on one virtual clock, in an order that a seed decides. All of them run on the thread that calls
 * {@link #run}, {@link #runFor} or {@link #runUntilComplete}, one turn of one loop at a time: as if each had a thread
 * of its own, but in one order. The seed chooses the loop whose turn is next, and among timers of one deadline. The
 * same seed gives the same order again, as far as the tested code depends on nothing else (threads, real sockets, the
 * wall clock, hash codes). Time passes only when no loop has anything to run; it goes to the next timer of all.
 *
 * <p>Loops reach each other by {@code callSoonThreadsafe}, as always. Code that blocks until another loop has done
 * something waits for ever, since no thread runs that loop meanwhile. Work in executors, children and sockets take real
 * time, which this clock does not see. All loops look at their sockets in each turn.
 *
 * <p>A callback that fails, on any loop, fails the run: the message says which loop, when, and the seed.
 *
 * <p>Thread safety: one thread. What asyncio has no counterpart for; as {@code turmoil} and {@code loom} are for tokio.
 */
public final class VirtualLoops implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long seed;
    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> busy = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private long now;

    /** What an exception handler was told. */
    private record Failure(String loop, Duration at, ExceptionContext context) {}

    private VirtualLoops(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Makes a clock without loops. */
    public static VirtualLoops seeded(long seed) {
        return new VirtualLoops(seed);
    }

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Returns how much time has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Makes a loop of the process-wide policy, as {@link #newLoop(String, EventLoopPolicy)} does. */
    public EventLoop newLoop(String name) {
        return newLoop(name, EventLoops.getEventLoopPolicy());
    }

    /**
     * Makes a loop on this clock, in debug mode. Only this object runs it, and closes it in {@link #close}. A number
     * follows its name. May be called by a callback.
     */
    public EventLoop newLoop(String name, EventLoopPolicy policy) {
        Member member = new Member();
        String full = name + "-" + NUMBERS.incrementAndGet();
        EventLoop loop = policy.newEventLoop(LoopOptions.defaults().withName(full).withClock(member));
        member.loop = loop;
        loop.setDebug(true);
        loop.setExceptionHandler((failed, context) -> failures.add(new Failure(name, elapsed(), context)));
        members.add(member);
        busy.add(member);
        return loop;
    }

    /** Returns the loops that have been made, in that order. */
    public List<EventLoop> loops() {
        return members.stream().map(Member::loop).toList();
    }

    // ---- running

    /**
     * Runs until nothing is left that could happen: no loop has a callback or a timer.
     *
     * @throws AssertionError if a callback failed
     */
    public void run() {
        wakeAll(null);
        while (runUntilIdle(null) && pass(Long.MAX_VALUE)) {
            wakeDue();
        }
    }

    /**
     * Runs until some time has passed, and all that is due then has run.
     *
     * @throws AssertionError if a callback failed
     * @throws IllegalArgumentException if the duration is negative
     * @throws ArithmeticException if the time does not fit into 292 years
     */
    public void runFor(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go backwards: " + duration);
        }
        long end = Math.addExact(now, duration.toNanos());
        wakeAll(null);
        while (runUntilIdle(null) && now < end) {
            if (!pass(end)) {
                now = end;
            }
            wakeDue();
        }
    }

    /**
     * Runs until a stage is complete, and returns its result.
     *
     * @throws AssertionError if a callback failed; or if nothing is left that could complete the stage
     * @throws java.util.concurrent.CompletionException around what the stage has failed with
     * @throws java.util.concurrent.CancellationException if the stage was cancelled
     */
    public <T> @Nullable T runUntilComplete(CompletionStage<T> stage) {
        CompletableFuture<T> copy = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                copy.complete(result);
            } else {
                copy.completeExceptionally(failure);
            }
        });
        wakeAll(null);
        while (runUntilIdle(copy) && pass(Long.MAX_VALUE)) {
            wakeDue();
        }
        if (!copy.isDone()) {
            throw new AssertionError("nothing is left that could complete " + stage + ": after " + elapsed()
                    + " none of " + members.size() + " loops has a callback or a timer; seed " + seed);
        }
        return copy.join();
    }

    /** Runs turns at this time; returns whether all loops are idle, rather than what is waited for is complete. */
    private boolean runUntilIdle(@Nullable CompletableFuture<?> complete) {
        do {
            while (!busy.isEmpty()) {
                turn(busy.get(random.nextInt(busy.size())));
                if (complete != null && complete.isDone()) {
                    return false;
                }
            }
        } while (!allIdle());
        return complete == null || !complete.isDone();
    }

    private void turn(Member member) {
        EventLoop loop = member.loop();
        if (loop.isClosed()) {
            busy.remove(member);
            return;
        }
        loop.stop(); // so that it runs one turn
        loop.runForever();
        check();
        if (member.hasRunCallbacks()) {
            wakeAll(member); // it may have called others
        }
        if (loop.isClosed() || loop.info().ready() == 0) {
            busy.remove(member);
        }
    }

    /** Asks all loops; if one has done something instead of waiting, all have to be looked at again. */
    private boolean allIdle() {
        List<Member> asked = new ArrayList<>(members);
        Collections.shuffle(asked, random);
        for (Member member : asked) {
            if (!member.isIdle()) {
                check();
                wakeAll(null);
                return false;
            }
        }
        return true;
    }

    private void wakeAll(@Nullable Member except) {
        members.stream().filter(member -> member != except && !busy.contains(member)).forEach(busy::add);
    }

    private void wakeDue() {
        members.stream().filter(member -> member.nanosToTimer == 0).forEach(busy::add);
    }

    /** Lets time pass until the first timer, not beyond an end; returns false if there is none until then. */
    private boolean pass(long end) {
        long first = members.stream().filter(member -> !member.loop().isClosed())
                .mapToLong(member -> member.nanosToTimer).filter(nanos -> nanos >= 0).min().orElse(-1);
        if (first < 0 || first > end - now) {
            return false;
        }
        now = Math.addExact(now, first);
        members.stream().filter(member -> member.nanosToTimer > 0).forEach(member -> member.nanosToTimer -= first);
        return true;
    }

    private void check() {
        if (failures.isEmpty()) {
            return;
        }
        AssertionError failure = told(failures.remove(0));
        failures.forEach(other -> failure.addSuppressed(told(other)));
        failures.clear();
        throw failure;
    }

    private AssertionError told(Failure failure) {
        return new AssertionError("loop \"" + failure.loop() + "\" after " + failure.at() + ", seed " + seed + ": "
                + failure.context().message() + (failure.context().exception() == null ? "" : ": "
                        + failure.context().exception()), failure.context().exception());
    }

    /** Closes the loops. What is left on them ends with them; a second call does nothing. */
    @Override
    public void close() {
        loops().forEach(EventLoop::close);
    }

    /** One loop, and its clock. */
    private final class Member implements LoopClock {
        private @Nullable EventLoop loop;
        private boolean asked;
        private boolean idle;
        private long callbacks;
        private long nanosToTimer;

        EventLoop loop() {
            EventLoop made = loop;
            if (made == null) {
                throw new IllegalStateException("the policy runs the loop before it returns it");
            }
            return made;
        }

        /** Tells whether callbacks have run since this was asked last. */
        boolean hasRunCallbacks() {
            long before = callbacks;
            callbacks = loop().statistics().callbacks();
            return callbacks != before;
        }

        /** Runs the loop until it would wait; returns whether it had nothing to run before. */
        boolean isIdle() {
            EventLoop own = loop();
            if (own.isClosed()) {
                return true;
            }
            long turns = own.info().turns();
            asked = true;
            own.runForever();
            asked = false;
            hasRunCallbacks(); // its own end is one
            return idle && own.info().turns() - turns == 1;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public long nanosToWait(long nanos) {
            if (!asked) {
                throw new IllegalStateException("loop \"" + loop().name() + "\" is run by VirtualLoops alone");
            }
            idle = false;
            nanosToTimer = nanos;
            return 0;
        }

        @Override
        public void waitedInVain(long nanos) {
            idle = true;
            EventLoop own = loop();
            own.callSoonThreadsafe(own::stop);
        }

        @Override
        public int next(int count) {
            return random.nextInt(count);
        }
    }
}
