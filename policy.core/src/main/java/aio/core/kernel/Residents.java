package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.kernel.queue.Agenda;
import aio.core.kernel.queue.CoreTimerHandle;
import aio.core.kernel.queue.UsersTimer;
import aio.loop.ResourceKind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What users have on a loop and what must end when their bundle, or the core, stops: channels, timers, callbacks, and
 * what is kept here. Loop thread, except where stated.
 */
public final class Residents {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Agenda agenda;
    private final DriverSeat seat;
    private final Unretrieved unretrieved;
    private final Set<Resident> kept = ConcurrentHashMap.newKeySet();

    Residents(Agenda agenda, DriverSeat seat, Unretrieved unretrieved) {
        this.agenda = agenda;
        this.seat = seat;
        this.unretrieved = unretrieved;
    }

    /** Keeps something that is no channel but must be ended like one. Any thread. */
    public void keep(Resident resident) {
        kept.add(resident);
    }

    /** Forgets something that has ended. Any thread. */
    public void release(Resident resident) {
        kept.remove(resident);
    }

    /** Cancels the timers and ready callbacks that match, and returns everything else that matches. */
    public List<Resident> withdraw(Predicate<Object> belongs) {
        agenda.withdraw(belongs);
        return of(belongs);
    }

    /** Returns the channels and other things that match. */
    public List<Resident> of(Predicate<Object> belongs) {
        List<Resident> found = new ArrayList<>(seat.attachments());
        found.addAll(kept);
        found.removeIf(resident -> !belongs.test(resident.user()));
        return found;
    }

    /** Tells of all that its users have to end: the timers first. Loop thread. */
    public void tell(Telling telling) {
        for (CoreTimerHandle timer : agenda.timersOfUsers()) {
            Runnable callback = Objects.requireNonNull(timer.callback());
            telling.tell(ResourceKind.TIMER, timer, callback instanceof UsersTimer of ? of.user() : callback, timer);
        }
        for (Resident each : new LinkedHashSet<>(of(user -> true))) {
            ResourceKind kind = each.resource();
            if (kind != null) {
                telling.tell(kind, each, each.user(), each.user());
            }
        }
    }

    /** Tells of each failure of a future that was not looked at: its text, and what failed. Any thread. */
    public void tellUnretrieved(BiConsumer<String, Throwable> telling) {
        unretrieved.tell(telling);
    }

    /** Is told of what lives on a loop. */
    @FunctionalInterface
    public interface Telling {

        /**
         * Is told of one thing.
         *
         * @param thing what has a text
         * @param user whose it is
         * @param noted of what it may be known where it was made
         */
        void tell(ResourceKind kind, Object thing, Object user, Object noted);
    }

    /** The loop is closed: all are told, even if one fails. */
    void loopClosed() {
        for (Resident each : kept) {
            Wall.run(LOG, Level.ERROR, "something on a loop could not be ended with it", each::loopClosed);
        }
        kept.clear();
    }
}
