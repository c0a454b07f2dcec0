package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.policy.ChangeReason;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Says which policies are held down or wait for the operator when they arrive, and lets those be followed that have
 * been calm. Any thread, without a lock.
 */
final class HeldBack {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Selection selection;
    private final Consumer<Step> settling;
    private final Timer timer;

    /**
     * Makes it.
     *
     * @param settling lets the loops do what a step asks for
     */
    HeldBack(Selection selection, Times times, Consumer<Step> settling) {
        this.selection = selection;
        this.settling = settling;
        this.timer = times.timers().apply(this::release);
    }

    /** Tells that a policy, which has arrived or says something else of itself, waits for the operator. */
    void described(Candidate candidate) {
        if (selection.caution().isOff()) {
            return;
        }
        String told = selection.read(view -> {
            Candidate current = view.current();
            Integer confirmed = candidate.confirmed;
            int own = candidate.description.ranking();
            if (confirmed != null && confirmed != own && candidate.rank == null) {
                return " says ranking " + Description.text(own) + ", and counts with " + Description.text(confirmed)
                        + ", as it was confirmed: policy:confirm " + candidate.name() + " confirms the other one";
            }
            return current != null && current != candidate && view.ranked().isUnconfirmed(candidate)
                            && Candidate.ORDER.compare(candidate, current) < 0
                    ? " is not followed: it is not confirmed, and " + Caution.CONFIRM_ARRIVALS
                            + " is true: policy:confirm " + candidate.name() + ", or policy:use " + candidate.name()
                    : null;
        });
        if (told != null) {
            LOG.log(Level.INFO, "policy: " + candidate.text() + told);
        }
    }

    /** Tells, once for each time that it begins, that a policy that has arrived is held down. */
    void arrived(Candidate candidate) {
        if (selection.caution().isOff()) {
            return;
        }
        Hold hold = selection.read(view -> candidate.hold);
        if (hold != null) {
            String why = selection.read(view -> hold.text(view.ranked().caution())
                    + (view.current() == candidate
                            ? ". Now it is followed all the same: it is pinned, or no other policy works"
                            : ". Mend what makes it leave, or policy:use " + candidate.name() + " takes it now"));
            Level level = hold.isFirst() ? Level.WARNING : Level.DEBUG;
            LOG.log(level, "policy: " + candidate.text() + " is held down: " + why);
            watch();
        }
        described(candidate);
    }

    /** Waits for the next policy that has been calm. */
    synchronized void watch() {
        Long next = selection.nextReleaseNanos();
        if (next == null) {
            timer.clear();
        } else {
            timer.set(next);
        }
    }

    private void release() {
        List<Candidate> calm = selection.release();
        if (!calm.isEmpty()) {
            String names = calm.stream().map(each -> "'" + each.name() + "'").collect(Collectors.joining(", "));
            Cause cause = Cause.byThread(ChangeReason.CALM_AGAIN, names + (calm.size() == 1 ? " is" : " are")
                    + " held down no more");
            Step step = selection.select(cause, List.of());
            if (step != null) {
                settling.accept(step);
            }
        }
        watch();
    }

    /** Nothing is waited for any more. */
    void close() {
        timer.close();
    }
}
