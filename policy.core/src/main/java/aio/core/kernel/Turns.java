package aio.core.kernel;

import aio.core.foreign.LoopTime;
import aio.core.foreign.UserCalls;
import aio.core.kernel.queue.Agenda;
import aio.core.kernel.queue.Lookout;
import aio.core.kernel.queue.ReadyQueue;
import aio.core.statistics.Count;
import aio.core.statistics.Meter;

/**
 * Makes the turns of one loop: waits for I/O until the first timer is due at most, runs what was ready before, delivers
 * the I/O, runs the timers that were due. Loop thread, except where stated.
 */
final class Turns {
    private static final long MAX_WAIT_NANOS = 24L * 3600 * 1_000_000_000; // asyncio's MAXIMUM_SELECT_TIMEOUT

    private final Agenda agenda;
    private final LoopTime time;
    private final DriverSeat seat;
    private final Migration migration;
    private final UserCalls calls;
    private final Unretrieved unretrieved;
    private final PollRest polls = new PollRest();
    private final Lookout lookout = new Lookout();
    private final Gauges gauges = new Gauges();
    private final Meter meter;

    // The loop writes true before it looks again for work; another thread hands work in before it reads this. So either
    // the loop finds the work and does not sleep, or the other thread finds true and wakes the loop.
    private volatile boolean asleep;

    private boolean stopping;

    Turns(Agenda agenda, LoopTime time, DriverSeat seat, Migration migration, UserCalls calls,
            Unretrieved unretrieved, Meter meter) {
        this.agenda = agenda;
        this.time = time;
        this.seat = seat;
        this.migration = migration;
        this.calls = calls;
        this.unretrieved = unretrieved;
        this.meter = meter;
    }

    /** Does something, then makes turns until {@link #stop}, or until one of them throws. */
    void run(Runnable first) {
        meter.runBegins();
        try {
            first.run();
            do {
                turn();
            } while (!stopping);
        } finally {
            stopping = false;
            seat.flush();
            meter.runEnds();
        }
    }

    /** Ends the run after this turn. */
    void stop() {
        stopping = true;
    }

    private void turn() {
        migration.safepoint();
        unretrieved.report();
        boolean asks = !mayPassOverPoll();
        if (asks) {
            meter.polls();
            poll();
            meter.polled();
        }
        agenda.takeIn();
        agenda.collectDue(meter);
        runReady();
        if (asks) {
            seat.dispatch();
        }
        runDue();
        gauges.turned(agenda.ready().size());
    }

    /** Runs what is ready now; what that schedules waits for the next turn. */
    private void runReady() {
        ReadyQueue ready = agenda.ready();
        if (!ready.isEmpty()) {
            if (isUnwatched()) {
                polls.callbacksBegin();
            }
            int count = ready.size();
            meter.add(Count.CALLBACKS, count);
            ready.run(count, calls);
        }
    }

    private void runDue() {
        int count = agenda.due().size();
        if (count > 0) {
            meter.add(Count.CALLBACKS, count);
            meter.add(Count.TIMERS, count);
            agenda.due().run(count, calls);
        }
    }

    /** Tells whether this turn may leave out its poll without an effect that users could see: see {@link PollRest}. */
    private boolean mayPassOverPoll() {
        return !agenda.ready().isEmpty() && !stopping && !migration.isDue() && isUnwatched() && polls.mayPassOver();
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
        if (lookout.isWorthwhile() && time.isReal() && nanosToFirstTimer() != 0) {
            seat.poll(0);
            if (polls.isIo() || lookout.sees(agenda.inbox(), nanosToFirstTimer())) {
                return;
            }
        }
        long nanos = time.nanosToWait(nanosToFirstTimer());
        asleep = true;
        try {
            seat.poll(hasWork() ? 0 : nanos); // a second look: no wake-up was sent before "asleep" was set
        } finally {
            asleep = false;
            lookout.slept(!polls.isIo() && !agenda.inbox().isEmpty());
        }
        if (!time.isReal() && !polls.isIo() && !hasWork()) {
            time.waitedInVain(nanosToFirstTimer());
        }
    }

    /** Returns how long the loop may sleep, -1 for without limit. */
    private long nanosToFirstTimer() {
        return Math.min(MAX_WAIT_NANOS, agenda.nanosToFirstTimer());
    }

    private boolean hasWork() {
        return stopping || !agenda.isEmpty() || migration.isDue();
    }

    // ---- what others ask

    /** Wakes the loop if it sleeps. Any thread that holds nothing a driver may wait for. */
    void wake() {
        if (asleep) {
            asleep = false; // one wake-up is enough
            seat.wakeup();
        }
    }

    /** Notes that a wake-up in a turn has failed; returns whether that turn still lasts. Any thread. */
    boolean sleepsOn(long turn) {
        boolean sleeps = turn == gauges.turns();
        if (sleeps) { // nothing is written else: the loop may have begun another sleep meanwhile
            asleep = true;
        }
        return sleeps;
    }

    /** Notes that something happened to a channel, so that the next turn polls. */
    void ioHappened() {
        polls.ioHappened();
    }

    /** Returns how many callbacks waited at the end of the last turn. Any thread. */
    int readyCount() {
        return gauges.readyCount();
    }

    /** Returns the number of turns so far. Any thread. */
    long count() {
        return gauges.turns();
    }
}
