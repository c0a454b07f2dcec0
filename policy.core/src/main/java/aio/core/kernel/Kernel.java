package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.LoopTime;
import aio.core.foreign.UserCalls;
import aio.core.kernel.queue.Agenda;
import aio.core.kernel.queue.CoreHandle;
import aio.core.kernel.queue.CoreTimerHandle;
import aio.core.kernel.queue.ThreadsafeHandle;
import aio.core.statistics.Meter;
import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.Handle;
import aio.loop.LoopClock;
import aio.loop.LoopClosedException;
import aio.loop.TimerHandle;
import aio.spi.DriverContext;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one loop, and the door to them: runs its {@link Turns turns} in asyncio's order, schedules what they
 * run, and keeps two threads from touching its state at once.
 *
 * <p>Thread safety: as each method says; if it says nothing, the thread that runs the loop.
 */
public final class Kernel implements DriverContext {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final EventLoop loop;
    private final String name;
    private final LoopTime time;
    private final DriverSeat seat;
    private final Agenda agenda;
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    private final Meter meter = new Meter();
    private final UserCalls calls;
    private final Unretrieved unretrieved = new Unretrieved(this);
    private final Set<CoreFuture<?>> awaited = ConcurrentHashMap.newKeySet();
    private final Residents residents;
    private final Ownership ownership;
    private volatile @Nullable Runnable whenRunEnds; // set before LoopEnding looks for a runner, read when it left
    private final Migration migration;
    private final Turns turns;
    private volatile boolean closed; // set before residents and waiters are told, which register before they read it

    /**
     * Makes the kernel of a loop.
     *
     * @param factory null for a parked loop
     * @param wants publishes what the loop is to run on
     * @param following whether the loop follows the policy
     * @param placed whether {@code factory} was chosen for this loop, which then follows only changes from now on
     * @param clock the clock that gives the time of the loop; null for the system's clock
     */
    public Kernel(EventLoop loop, String name, @Nullable IoDriverFactory factory, Wants wants, boolean following,
            boolean placed, @Nullable LoopClock clock) throws IOException {
        this.loop = loop;
        this.name = name;
        this.time = LoopTime.of(name, clock);
        this.agenda = new Agenda(time);
        this.ownership = new Ownership(name, failure -> report(ExceptionContext.of(
                "An operation on loop \"" + name + "\" failed, which did not run", failure)));
        this.calls = new UserCalls(loop, name, time);
        this.seat = new DriverSeat(this, factory);
        this.residents = new Residents(agenda, seat, unretrieved);
        this.migration = new Migration(this, seat, wants, following, placed);
        this.turns = new Turns(agenda, time, seat, migration, calls, unretrieved, meter);
    }

    /** Returns the loop that users see. Any thread. */
    public EventLoop loop() {
        return loop;
    }

    @Override
    public String loopName() {
        return name;
    }

    /** Returns what calls the code of users. */
    public UserCalls calls() {
        return calls;
    }

    /** Returns the object of a user that is being called right now, or null. Any thread. */
    public @Nullable Object calledUser() {
        Object called = calls.current();
        return called != null ? called : agenda.running();
    }

    /** Returns what holds the driver. */
    public DriverSeat seat() {
        return seat;
    }

    /** Returns what else lives on the loop. */
    public Residents residents() {
        return residents;
    }

    /** Returns what brings the loop to the driver that is wanted. */
    public Migration migration() {
        return migration;
    }

    // ---- running

    /** Runs turns until {@link #stop}. */
    public void runForever() {
        run(() -> {});
    }

    /** Does something and then runs turns until {@link #stop}; a run that is refused does nothing. */
    public void run(Runnable first) {
        checkClosed();
        EventLoop other = RunningLoop.get();
        if (other != null && other != loop) {
            throw new IllegalStateException("cannot run loop \"" + name + "\" while another loop is running: loop \""
                    + other.name() + "\" runs on thread \"" + Thread.currentThread().getName() + "\"");
        }
        ownership.startRunning();
        try {
            checkClosed();
            RunningLoop.set(loop);
            turns.run(first);
        } finally {
            RunningLoop.set(other);
            ownership.endRunning();
            if (migration.isDue()) {
                migrateIfIdle(); // what became due in the last turn has no other safepoint
            }
            Runnable next = whenRunEnds;
            if (next != null) {
                next.run();
            }
        }
    }

    /** Sets an action for the thread that runs the loop to do after the run. Any thread. */
    public void whenRunEnds(Runnable next) {
        whenRunEnds = next;
    }

    /** Ends the run after this turn. */
    public void stop() {
        turns.stop();
    }

    // ---- scheduling

    /** Returns the time of the loop in nanoseconds. Any thread. */
    public long now() {
        return time.now();
    }

    /** Schedules a callback; the API demands the loop's thread, yet a call from another thread is safe. */
    public Handle callSoon(Runnable callback) {
        CoreHandle handle = new CoreHandle(callback);
        checkThread("callSoon");
        enqueue(handle);
        return handle;
    }

    /** Schedules a callback. Any thread. */
    public Handle callSoonThreadsafe(Runnable callback) {
        CoreHandle handle = new ThreadsafeHandle(callback);
        enqueue(handle);
        return handle;
    }

    /** Schedules a callback; the caller has to {@link #wake} the loop. Any thread. */
    void putSoon(Runnable callback) {
        put(new ThreadsafeHandle(callback));
    }

    /** Schedules a callback with a handle that may be cancelled on the loop's thread only. Any thread. */
    public Handle post(Runnable callback) {
        CoreHandle handle = new CoreHandle(callback);
        enqueue(handle);
        return handle;
    }

    /** Schedules a callback without a handle: it costs only its place in the queue. Any thread. */
    public void executeSoon(Runnable callback) {
        enqueue(callback);
    }

    private void enqueue(Object scheduled) {
        if (!put(scheduled)) {
            wake();
        }
    }

    /** Schedules; returns whether this thread runs the loop, which then needs no wake-up. */
    private boolean put(Object scheduled) {
        if (ownership.isRunner()) { // a loop that runs is not closed
            agenda.add(scheduled);
            return true;
        }
        checkClosed();
        agenda.handIn(scheduled);
        return false;
    }

    /** Wakes the loop if it sleeps. Any thread, holding nothing that a driver may wait for. */
    void wake() {
        turns.wake();
    }

    /** Notes that a wake-up has failed, so that the loop may still sleep. Returns whether it does. Any thread. */
    boolean sleepsOn(long turn) {
        return ownership.runner() != null && turns.sleepsOn(turn);
    }

    /** Schedules a callback for a time of the loop. A call from another thread is safe. */
    public TimerHandle callAt(long whenNanos, Runnable callback) {
        checkClosed();
        checkThread("callAt");
        CoreTimerHandle timer = calls.noted(new CoreTimerHandle(whenNanos, callback));
        if (ownership.isRunner()) {
            agenda.add(timer);
        } else {
            agenda.handIn(timer);
            wake();
        }
        return timer;
    }

    /** Runs an action on the loop's thread: now if this is it or if the loop does not run, else soon. Any thread. */
    public void execute(Runnable action) {
        if (ownership.isRunner()) {
            action.run();
        } else if (!ownership.ifIdle(action)) {
            callSoonThreadsafe(action);
        }
    }

    /** Lets the driver forget released channels if no turn does: the system still listens. In {@link #execute}. */
    public void flushIfIdle() {
        if (!ownership.isRunner()) {
            seat.poll(0);
        }
    }

    /** Tells whether this is the thread that runs the loop. Any thread. */
    public boolean isOnLoopThread() {
        return ownership.isRunner();
    }

    /** Returns the thread that runs the loop, or null. Any thread. */
    public @Nullable Thread runner() {
        return ownership.runner();
    }

    /** Notes that a user does something to a channel, so that the next turn asks for I/O, and checks the thread. */
    public void channelUsed(String method) {
        ioHappened();
        checkThread(method);
    }

    /** Notes that the core does something to a channel, so that the next turn asks for I/O. */
    public void ioHappened() {
        turns.ioHappened();
    }

    /** Throws in debug mode if the calling thread is not the loop's. */
    public void checkThread(String method) {
        if (!calls.debug()) {
            return;
        }
        Thread expected = ownership.runner();
        if (expected != null && expected != Thread.currentThread()) {
            throw new IllegalStateException("non-thread-safe operation: " + method + " of loop \"" + name
                    + "\" was called on thread \"" + Thread.currentThread().getName()
                    + "\", but the loop runs on thread \"" + expected.getName() + "\": use callSoonThreadsafe");
        }
    }

    // ---- exchange of the driver

    /** Lets the loop look at what is wanted; false if no thread runs it. Any thread, without a lock. */
    public boolean nudge() {
        wake();
        return ownership.runner() != null;
    }

    /** Brings a loop that no thread runs to the wanted driver. Any thread, without a lock: drivers may block. */
    public void migrateIfIdle() {
        ownership.ifIdle(this::migrateNow);
    }

    private void migrateNow() {
        try {
            migration.doAll();
        } catch (RuntimeException | Error e) { // a fault of the core; must not hide what has ended the run
            LOG.log(Level.ERROR, "loop \"" + name + "\": the exchange of its driver failed;"
                    + " the next run, or the next change of the policy, continues it", e);
        }
    }

    /** Returns the thread that runs the loop or has claimed it, or null. Any thread. */
    public @Nullable Thread holder() {
        return ownership.holder();
    }

    // ---- closing

    /** Tells whether the loop is closed. Any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Throws if the loop is closed. Any thread. */
    public void checkClosed() {
        if (closed) {
            throw new LoopClosedException("Event loop is closed: loop \"" + name + "\"");
        }
    }

    /** Closes the loop; returns false if it was closed before. */
    public boolean close() {
        boolean wasOpen = !closed;
        ownership.claimToClose(this::closeIdle);
        return wasOpen;
    }

    private void closeIdle() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            migration.close();
        } finally {
            try {
                residents.loopClosed();
            } finally {
                agenda.clear();
                awaited.forEach(CoreFuture::wakeWaiters);
            }
        }
    }

    /** Notes a future that a thread waits for, so that closing wakes that thread. Any thread. */
    void waiting(CoreFuture<?> future, boolean waits) {
        if (waits) {
            awaited.add(future);
        } else {
            awaited.remove(future);
        }
    }

    // ---- other parts of the loop

    /** Returns the buffer that all connections of the loop receive into. */
    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /** Returns what the loop counts and times; only its own thread writes there. */
    public Meter meter() {
        return meter;
    }

    Unretrieved unretrieved() {
        return unretrieved;
    }

    /** Calls the exception handler; throws only what ends the loop. */
    public void callExceptionHandler(ExceptionContext context) {
        calls.errors().call(context);
    }

    /** Calls the exception handler inside an operation, which goes on: what ends the loop ends it in the next turn. */
    public void report(ExceptionContext context) {
        calls.errors().callAside(context, this::executeSoon);
    }

    /** Returns how many callbacks waited at the end of the last turn. Any thread. */
    public int readyCount() {
        return turns.readyCount();
    }

    /** Returns how many timers are scheduled. Any thread. */
    public int timerCount() {
        return agenda.timerCount();
    }

    /** Returns the number of turns so far. Any thread. */
    public long turns() {
        return turns.count();
    }
}
