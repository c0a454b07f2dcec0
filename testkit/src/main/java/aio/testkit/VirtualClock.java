package aio.testkit;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopClock;
import aio.loop.LoopClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A clock for one loop that shows what a test wants: see {@link aio.loop.LoopOptions#withClock}. Hours pass in
 * milliseconds, and the loop serves real sockets meanwhile. The clock steps from timer to timer, so each runs exactly
 * at its time, in the order of asyncio.
 *
 * <p>Time passes only while the loop has nothing to run and no event comes. Events from outside of the loop (another
 * process, a thread of an executor) take real time, which this clock does not see: {@link #withPatience} allows
 * some before each step. Events between a loop and a peer on the same loop need none.
 *
 * <p>Thread safety: any thread. As {@code MockClock} of Trio and {@code start_paused} of tokio.
 */
public final class VirtualClock implements LoopClock {
    private final boolean jumping;
    private final long patienceNanos;
    private final List<Arrival> arrivals = new ArrayList<>(); // guarded by this, as all that follows
    private @Nullable EventLoop loop;
    private long now;
    private long end;
    private long waitsSince;

    /** A future that is completed at a time. */
    private record Arrival(long nanos, CompletableFuture<Void> future) {}

    private VirtualClock(boolean jumping, long patienceNanos) {
        this.jumping = jumping;
        this.patienceNanos = patienceNanos;
    }

    /** Makes a clock that stands still until {@link #advance}. */
    public static VirtualClock paused() {
        return new VirtualClock(/* jumping= */ false, /* patienceNanos= */ 0);
    }

    /** Makes a clock that steps to the next timer whenever the loop would only wait for that. */
    public static VirtualClock jumping() {
        return new VirtualClock(/* jumping= */ true, /* patienceNanos= */ 0);
    }

    /** Returns a fresh clock of the same kind that waits a real time for I/O and threads before each step. */
    public VirtualClock withPatience(Duration real) {
        return new VirtualClock(jumping, real.toNanos());
    }

    /**
     * Lets time pass, from the end of earlier calls. The loop steps from timer to timer when it has nothing else to do;
     * an idle loop is woken. A loop that no thread runs does not advance.
     *
     * @return complete when the loop has reached that time, has run all timers up to then and has nothing else to do;
     *     completed in a callback of the loop
     * @throws ArithmeticException if the time does not fit into 292 years
     */
    public CompletableFuture<Void> advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go backwards: " + duration);
        }
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        EventLoop waiting;
        synchronized (this) {
            end = Math.addExact(Math.max(end, now), duration.toNanos());
            arrivals.add(new Arrival(end, arrived));
            waiting = loop;
        }
        if (waiting != null) {
            try {
                waiting.callSoonThreadsafe(() -> {});
            } catch (LoopClosedException e) {
                arrived.completeExceptionally(e);
            }
        }
        return arrived;
    }

    /** Returns how much time has passed. */
    public synchronized Duration elapsed() {
        return Duration.ofNanos(now);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public long nanosToWait(long nanosToTimer) {
        EventLoop running = EventLoops.getRunningLoop();
        List<Arrival> arrived;
        synchronized (this) {
            if (loop != null && loop != running) {
                throw new IllegalStateException("a virtual clock is for one loop: loop \"" + running.name()
                        + "\" has that of loop \"" + loop.name() + "\"");
            }
            loop = running;
            waitsSince = System.nanoTime();
            arrived = takeArrived();
            if (arrived.isEmpty()) {
                return step(nanosToTimer) > 0 ? patienceNanos : -1;
            }
        }
        arrived.forEach(each -> running.callSoonThreadsafe(() -> each.future().complete(null)));
        return 0;
    }

    @Override
    public synchronized void waitedInVain(long nanosToTimer) {
        if (System.nanoTime() - waitsSince >= patienceNanos) {
            now += step(nanosToTimer);
        }
    }

    /** Returns how far time may step at once; 0 if it stands still. */
    private long step(long nanosToTimer) {
        boolean hasTimer = nanosToTimer >= 0;
        if (now < end) {
            return hasTimer ? Math.min(end - now, nanosToTimer) : end - now;
        }
        return jumping && hasTimer ? nanosToTimer : 0;
    }

    private List<Arrival> takeArrived() {
        List<Arrival> arrived = arrivals.stream().filter(each -> each.nanos() <= now).toList();
        arrivals.removeAll(arrived);
        return arrived;
    }
}
