package aio.core.kernel;

import aio.core.foreign.LoopTime;
import aio.core.statistics.Meter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has to run: what is ready, what other threads have handed in, and the timers. Loop thread, but for what
 * is marked.
 */
final class Agenda {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue ready = new ReadyQueue();
    private final ReadyQueue due = new ReadyQueue();
    private final TimerHeap timers = new TimerHeap();
    private final LoopTime time;

    Agenda(LoopTime time) {
        this.time = time;
    }

    ReadyQueue ready() {
        return ready;
    }

    /** Returns the timers whose time has come in this turn. */
    ReadyQueue due() {
        return due;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Adds a callback or handle: after what another thread has added before. */
    void add(Object scheduled) {
        if (!inbox.isEmpty()) {
            takeIn();
        }
        if (inbox.isEmpty()) {
            ready.add(scheduled);
        } else {
            inbox.add(scheduled); // after what another thread is about to fill in
        }
    }

    /** Adds a timer. */
    void add(CoreTimerHandle timer) {
        timers.add(timer);
    }

    /** Adds a callback, handle or timer. Any thread. */
    void handIn(Object scheduled) {
        inbox.add(scheduled);
    }

    /** Takes in what other threads have handed in. */
    void takeIn() {
        inbox.drainTo(ready, timers);
    }

    /** Takes the timers whose time has come, and counts how late they are. */
    void collectDue(Meter meter) {
        if (timers.size() == 0) {
            return;
        }
        long now = time.now();
        for (CoreTimerHandle timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            meter.timerIsLate(now - timer.deadlineNanos);
            due.add(timer);
        }
    }

    boolean isEmpty() {
        return ready.isEmpty() && due.isEmpty() && inbox.isEmpty();
    }

    /** Returns how long it is until the first timer is due, at most so long; -1 if there is none. */
    long nanosToFirstTimer() {
        CoreTimerHandle first = timers.first();
        return first == null ? -1 : Math.max(0, first.deadlineNanos - time.now());
    }

    /** Returns how many timers are scheduled. Any thread. */
    int timerCount() {
        return timers.size();
    }

    /** Cancels the timers and ready callbacks that belong to somebody. */
    void withdraw(Predicate<Object> belongs) {
        takeIn();
        timers.all().stream().filter(timer -> owned(timer, belongs)).forEach(CoreHandle::cancel);
        ready.withdraw(scheduled -> owned(scheduled, belongs));
        due.withdraw(scheduled -> owned(scheduled, belongs));
    }

    private static boolean owned(Object scheduled, Predicate<Object> belongs) {
        Runnable callback = ReadyQueue.callbackOf(scheduled);
        return callback != null && belongs.test(callback);
    }

    /** Returns what is being run, or null. Any thread. */
    @Nullable Runnable running() {
        Runnable timer = ReadyQueue.callbackOf(due.running());
        return timer != null ? timer : ReadyQueue.callbackOf(ready.running());
    }

    void clear() {
        takeIn();
        ready.clear();
        due.clear();
        timers.clear();
    }
}
