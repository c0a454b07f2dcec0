package aio.core.kernel.queue;

import aio.core.foreign.LoopTime;
import aio.core.statistics.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The work of a loop: what is ready, what other threads have handed in, and the timers. Loop thread, except where
 * stated.
 */
public final class Agenda {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue ready = new ReadyQueue();
    private final ReadyQueue due = new ReadyQueue();
    private final TimerHeap timers = new TimerHeap();
    private final LoopTime time;

    public Agenda(LoopTime time) {
        this.time = time;
    }

    public ReadyQueue ready() {
        return ready;
    }

    /** Returns the timers that are due in this turn. */
    public ReadyQueue due() {
        return due;
    }

    public Inbox inbox() {
        return inbox;
    }

    /** Adds a callback or handle, after those that another thread has added before. */
    public void add(Object scheduled) {
        if (!inbox.isEmpty()) {
            takeIn();
        }
        if (inbox.isEmpty()) {
            ready.add(scheduled);
        } else {
            inbox.add(scheduled); // after the place that another thread is about to fill
        }
    }

    /** Adds a timer. */
    public void add(CoreTimerHandle timer) {
        timers.add(timer);
    }

    /** Adds a callback, handle or timer. Any thread. */
    public void handIn(Object scheduled) {
        inbox.add(scheduled);
    }

    /** Takes what other threads have handed in. */
    public void takeIn() {
        inbox.drainTo(ready, timers);
    }

    /** Takes the timers that are due, and counts how late they are. */
    public void collectDue(Meter meter) {
        if (timers.size() == 0) {
            return;
        }
        long now = time.now();
        if (!time.isReal()) {
            collectAsTheClockChooses(now, meter);
            return;
        }
        for (CoreTimerHandle timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            meter.timerIsLate(now - timer.deadlineNanos);
            due.add(timer);
        }
    }

    private void collectAsTheClockChooses(long now, Meter meter) {
        List<CoreTimerHandle> ofOneDeadline = new ArrayList<>();
        for (CoreTimerHandle timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            meter.timerIsLate(now - timer.deadlineNanos);
            if (!ofOneDeadline.isEmpty() && ofOneDeadline.get(0).deadlineNanos != timer.deadlineNanos) {
                addAsTheClockChooses(ofOneDeadline);
            }
            ofOneDeadline.add(timer);
        }
        addAsTheClockChooses(ofOneDeadline);
    }

    private void addAsTheClockChooses(List<CoreTimerHandle> ofOneDeadline) {
        while (!ofOneDeadline.isEmpty()) {
            due.add(ofOneDeadline.remove(time.next(ofOneDeadline.size())));
        }
    }

    public boolean isEmpty() {
        return ready.isEmpty() && due.isEmpty() && inbox.isEmpty();
    }

    /** Returns the time until the first timer is due, at most the given one; -1 if there is none. */
    public long nanosToFirstTimer() {
        CoreTimerHandle first = timers.first();
        return first == null ? -1 : Math.max(0, first.deadlineNanos - time.now());
    }

    /** Returns how many timers are scheduled. Any thread. */
    public int timerCount() {
        return timers.size();
    }

    /** Returns the timers of users, the first one first. */
    public List<CoreTimerHandle> timersOfUsers() {
        takeIn();
        return timers.all().stream()
                .filter(timer -> isOfUser(timer.callback()))
                .sorted(Comparator.comparingLong(timer -> timer.deadlineNanos))
                .toList();
    }

    private static boolean isOfUser(@Nullable Runnable callback) {
        return callback instanceof UsersTimer
                || callback != null && !callback.getClass().getName().startsWith("aio.core.");
    }

    /** Cancels the timers and ready callbacks that match. */
    public void withdraw(Predicate<Object> belongs) {
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
    public @Nullable Runnable running() {
        Runnable timer = ReadyQueue.callbackOf(due.running());
        return timer != null ? timer : ReadyQueue.callbackOf(ready.running());
    }

    public void clear() {
        takeIn();
        ready.clear();
        due.clear();
        timers.clear();
    }
}
