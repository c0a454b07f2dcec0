package aio.core.kernel;

import aio.core.foreign.Wall;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What users have on a loop and what must end when their bundle, or the core, stops: channels, timers, callbacks, and
 * what is kept here. Loop thread, except where stated.
 */
public final class Residents {
    private static final Logger LOG = System.getLogger("aio.loop");

    private final Agenda agenda;
    private final DriverSeat seat;
    private final Set<Resident> kept = ConcurrentHashMap.newKeySet();

    Residents(Agenda agenda, DriverSeat seat) {
        this.agenda = agenda;
        this.seat = seat;
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

    /** The loop is closed: all are told, even if one fails. */
    void loopClosed() {
        for (Resident each : kept) {
            Wall.run(LOG, Level.ERROR, "something on a loop could not be ended with it", each::loopClosed);
        }
        kept.clear();
    }
}
