package aio.core.kernel;

import aio.core.foreign.UserCalls;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import aio.loop.Handle;
import aio.loop.LoopClosedException;
import aio.loop.RunningLoop;
import aio.loop.TimerHandle;
import aio.spi.DriverContext;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the turns of one loop. A turn waits for I/O no longer than until the first timer is due, then runs what was
 * ready before, then delivers the I/O, then runs the timers that were due: asyncio's order. What these schedule waits
 * for the next turn. A turn that has work may pass over the I/O, see {@link PollRest}. {@link #turn} is the only place
 * where callbacks are called.
 *
 * <p>Thread safety: as each method says; without a word, the thread that runs the loop.
 */
public final class Kernel implements DriverContext {
    private static final long ORIGIN_NANOS = System.nanoTime();
    private static final long MAX_WAIT_NANOS = 24L * 3600 * 1_000_000_000; // asyncio's MAXIMUM_SELECT_TIMEOUT

    private final EventLoop loop;
    private final String name;
    private final DriverSeat seat;
    private final Inbox inbox = new Inbox();
    private final ReadyQueue ready = new ReadyQueue();
    private final ReadyQueue due = new ReadyQueue();
    private final TimerHeap timers = new TimerHeap();
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    private final PollRest polls = new PollRest();
    private final Lookout lookout = new Lookout();
    private final Gauges gauges = new Gauges();
    private final UserCalls calls;
    private final Unretrieved unretrieved = new Unretrieved(this);
    private final Set<CoreFuture<?>> awaited = ConcurrentHashMap.newKeySet();
    private final Set<Resident> residents = ConcurrentHashMap.newKeySet();
    private final Ownership ownership;
    private final ExchangeQueue exchanges;
    private volatile @Nullable Runnable whenRunEnds;
    private volatile boolean closed;
    private volatile boolean asleep;
    private boolean stopping;

    /**
     * Makes the kernel of a loop.
     *
     * @param factory null for a parked loop
     */
    public Kernel(EventLoop loop, String name, @Nullable IoDriverFactory factory) throws IOException {
        this.loop = loop;
        this.name = name;
        this.ownership = new Ownership(name);
        this.exchanges = new ExchangeQueue(this, ownership);
        this.calls = new UserCalls(loop, name);
        this.seat = new DriverSeat(this, factory);
    }

    /** Returns the loop that users see. Any thread. */
    public EventLoop loop() {
        return loop;
    }

    @Override
    public String loopName() {
        return name;
    }

    /** Returns who calls what users give. */
    public UserCalls calls() {
        return calls;
    }

    /** Returns the object of a user that is being called right now, or null. Any thread. */
    public @Nullable Object calledUser() {
        Object called = calls.current();
        if (called != null) {
            return called;
        }
        Runnable timer = ReadyQueue.callbackOf(due.running());
        return timer != null ? timer : ReadyQueue.callbackOf(ready.running());
    }

    /** Returns who holds the driver. */
    public DriverSeat seat() {
        return seat;
    }

    // ---- running

    /** Runs turns until {@link #stop}. */
    public void runForever() {
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
            do {
                turn();
            } while (!stopping);
        } finally {
            stopping = false;
            RunningLoop.set(other);
            boolean halfWay = seat.isExchanging();
            ownership.endRunning();
            try {
                exchanges.runEnded(halfWay);
            } finally {
                Runnable next = whenRunEnds;
                if (next != null) {
                    next.run();
                }
            }
        }
    }

    /** Says what the thread that runs the loop is to do when it does not any more. Any thread. */
    public void whenRunEnds(Runnable next) {
        whenRunEnds = next;
    }

    /** Ends the run after this turn. */
    public void stop() {
        stopping = true;
    }

    private void turn() {
        seat.safepoint();
        unretrieved.report();
        boolean asks = !mayPassOverPoll();
        if (asks) {
            poll();
        }
        inbox.drainTo(ready);
        collectDue();
        runReady();
        if (asks) {
            seat.dispatch();
        }
        due.run(due.size(), calls);
        gauges.turned(ready.size());
    }

    /** Runs what is ready now; what that schedules waits for the next turn. */
    private void runReady() {
        if (!ready.isEmpty()) {
            if (isUnwatched()) {
                polls.callbacksBegin();
            }
            ready.run(ready.size(), calls);
        }
    }

    /** Tells whether nobody can tell that this turn does not ask for I/O: see {@link PollRest}. */
    private boolean mayPassOverPoll() {
        return !ready.isEmpty() && !stopping && !seat.isExchanging() && isUnwatched() && polls.mayPassOver();
    }

    private boolean isUnwatched() {
        return seat.count(Attachment.Kind.WATCH) == 0;
    }

    private void poll() {
        polls.polled();
        if (hasWork()) {
            seat.poll(0);
            return;
        }
        if (lookout.isWorthwhile() && nanosToFirstTimer() != 0) {
            seat.poll(0);
            if (polls.isIo() || lookout.sees(inbox, nanosToFirstTimer())) {
                return;
            }
        }
        asleep = true;
        try {
            seat.poll(hasWork() ? 0 : nanosToFirstTimer()); // looked again: a wake-up before "asleep" was none
        } finally {
            asleep = false;
            lookout.slept(!polls.isIo() && !inbox.isEmpty());
        }
    }

    /** Returns how long the loop may sleep, -1 for without limit. */
    private long nanosToFirstTimer() {
        CoreTimerHandle first = timers.first();
        return first == null ? -1 : Math.min(MAX_WAIT_NANOS, Math.max(0, first.deadlineNanos - now()));
    }

    private boolean hasWork() {
        return stopping || !ready.isEmpty() || !due.isEmpty() || seat.isExchanging() || !inbox.isEmpty();
    }

    private void collectDue() {
        if (timers.size() == 0) {
            return;
        }
        long now = now();
        for (CoreTimerHandle timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            due.add(timer);
        }
    }

    // ---- scheduling

    /** Returns the time of the loop in nanoseconds. Any thread. */
    public static long now() {
        return System.nanoTime() - ORIGIN_NANOS;
    }

    /** Schedules a callback; see the API for the thread rule. A call from another thread is safe, though. */
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

    /** Schedules a callback, but leaves it to the caller to {@link #wake} the loop. Any thread. */
    void putSoon(Runnable callback) {
        put(new ThreadsafeHandle(callback));
    }

    /** Schedules a callback, with a handle that is only to be cancelled on the loop's thread. Any thread. */
    public Handle post(Runnable callback) {
        CoreHandle handle = new CoreHandle(callback);
        enqueue(handle);
        return handle;
    }

    /** Schedules a callback without a handle, which costs nothing but its place in the queue. Any thread. */
    public void executeSoon(Runnable callback) {
        enqueue(callback);
    }

    private void enqueue(Object scheduled) {
        if (!put(scheduled)) {
            wake();
        }
    }

    /** Answers false if this is not the thread that runs the loop. */
    private boolean put(Object scheduled) {
        if (ownership.isRunner()) { // a loop that runs is not closed
            if (!inbox.isEmpty()) {
                inbox.drainTo(ready); // what another thread scheduled before comes before
            }
            if (inbox.isEmpty()) {
                ready.add(scheduled);
            } else {
                inbox.add(scheduled); // behind what another thread is about to fill in
            }
            return true;
        }
        checkClosed();
        inbox.add(scheduled);
        return false;
    }

    /** Wakes the loop if it sleeps. Any thread, holding nothing that a driver may wait for. */
    void wake() {
        if (asleep) {
            asleep = false; // one wake-up is enough
            seat.wakeup();
        }
    }

    /** Schedules a callback for a time of the loop. A call from another thread is safe. */
    public TimerHandle callAt(long whenNanos, Runnable callback) {
        checkClosed();
        checkThread("callAt");
        CoreTimerHandle timer = new CoreTimerHandle(whenNanos, callback);
        if (ownership.isRunner()) {
            timers.add(timer);
            return timer;
        }
        if (!ownership.ifIdle(() -> timers.add(timer))) {
            executeSoon(() -> timers.add(timer));
        }
        return timer;
    }

    /** Runs an action on the loop's thread: now if this is it, or if the loop does not run; else soon. Any thread. */
    public void execute(Runnable action) {
        if (ownership.isRunner()) {
            action.run();
        } else if (!ownership.ifIdle(action)) {
            callSoonThreadsafe(action);
        }
    }

    /**
     * Lets the driver forget released channels if no turn is going to: until then the kernel goes on listening on a
     * closed socket. Inside {@link #execute}.
     */
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
        polls.ioHappened();
    }

    /** Throws in debug mode if another thread than the loop's calls. */
    public void checkThread(String method) {
        if (!calls.debug()) {
            return;
        }
        Thread expected = ownership.runner();
        if (expected != null && expected != Thread.currentThread()) {
            throw new IllegalStateException("non-thread-safe operation: " + method + " of loop \"" + name
                    + "\" was called on thread \"" + Thread.currentThread().getName()
                    + "\", but the loop runs on thread \""
                    + expected.getName() + "\": use callSoonThreadsafe");
        }
    }

    // ---- exchange of the driver

    /** Wants another driver; see {@link DriverSeat}. Any thread. */
    public Exchange exchange(@Nullable IoDriverFactory target) {
        return exchanges.ask(target);
    }

    /** Parks the loop if it is on a driver that is gone, unless it is to go to another one. Any thread. */
    public void parkIfOn(Predicate<@Nullable IoDriverFactory> gone) {
        exchanges.parkIfOn(gone);
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

    /** Closes the loop; answers false if it was closed before. */
    public boolean close() {
        boolean wasOpen = !closed;
        if (!ownership.ifIdle(this::closeIdle)) {
            Thread thread = ownership.runner();
            throw new IllegalStateException("Cannot close a running event loop: loop \"" + name + "\" runs on thread \""
                    + (thread == null ? "?" : thread.getName()) + "\"; stop it first");
        }
        awaited.forEach(CoreFuture::wakeWaiters);
        return wasOpen;
    }

    private void closeIdle() {
        if (closed) {
            return;
        }
        closed = true;
        exchanges.handOver();
        seat.closeAll();
        residents.forEach(Resident::loopClosed);
        residents.clear();
        inbox.drainTo(ready);
        ready.clear();
        due.clear();
        timers.clear();
    }

    /** Notes a future that a thread waits for, so that closing wakes it. Any thread. */
    void waiting(CoreFuture<?> future, boolean waits) {
        if (waits) {
            awaited.add(future);
        } else {
            awaited.remove(future);
        }
    }

    // ---- what else the loop has

    /** Returns the buffer that all connections of the loop receive into. */
    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    Unretrieved unretrieved() {
        return unretrieved;
    }

    /** Calls the exception handler; never throws but what ends the loop. */
    public void callExceptionHandler(ExceptionContext context) {
        calls.errors().call(context);
    }

    /** Sets the exception handler, null for the default one. Any thread. */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        calls.errors().setHandler(handler);
    }

    /** Returns the exception handler that was set, or null. Any thread. */
    public @Nullable ExceptionHandler exceptionHandler() {
        return calls.errors().handler();
    }

    /** Logs an error as the default handler does. Any thread. */
    public void logDefault(ExceptionContext context) {
        calls.errors().logDefault(context);
    }

    /** Returns how many callbacks wait. Any thread; of the last turn. */
    public int readyCount() {
        return gauges.readyCount();
    }

    /** Returns how many timers are scheduled. Any thread. */
    public int timerCount() {
        return timers.size();
    }

    /** Returns how many turns were made. Any thread. */
    public long turns() {
        return gauges.turns();
    }

    /** Takes note of something that is no channel but must be ended like one. Any thread. */
    public void keep(Resident resident) {
        residents.add(resident);
    }

    /** Forgets something that has ended. Any thread. */
    public void release(Resident resident) {
        residents.remove(resident);
    }

    /** Cancels the timers and ready callbacks that belong to somebody, and returns what else of them is there. */
    public List<Resident> withdraw(Predicate<Object> belongs) {
        timers.all().stream().filter(t -> owned(t, belongs)).forEach(CoreHandle::cancel);
        ready.withdraw(scheduled -> owned(scheduled, belongs));
        due.withdraw(scheduled -> owned(scheduled, belongs));
        return residents(belongs);
    }

    /** Returns the channels and other things that belong to somebody. */
    public List<Resident> residents(Predicate<Object> belongs) {
        List<Resident> found = new ArrayList<>(seat.attachments());
        found.addAll(residents);
        found.removeIf(resident -> !belongs.test(resident.user()));
        return found;
    }

    private static boolean owned(Object scheduled, Predicate<Object> belongs) {
        Runnable callback = ReadyQueue.callbackOf(scheduled);
        return callback != null && belongs.test(callback);
    }
}
