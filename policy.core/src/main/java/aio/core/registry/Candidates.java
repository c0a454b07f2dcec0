package aio.core.registry;

import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that are ranked: services, or what the class path has; and which of them is held back, although it
 * would be the best. Belongs to the lock of {@link Selection}.
 */
final class Candidates {
    private final TreeSet<Candidate> ranked = new TreeSet<>(Candidate.ORDER);
    private final HoldDown holdDown;
    /** Those that were current, as the operator has not pinned them, and are there: the last one first. */
    private final List<Candidate> followed = new ArrayList<>();
    /** Those whose policy has been made and brings a driver: few, however many there are. */
    private final List<Candidate> driven = new ArrayList<>();
    private Map<String, Integer> ranks = Map.of();
    private Map<String, Integer> confirmed = Map.of();

    Candidates(HoldDown holdDown) {
        this.holdDown = holdDown;
    }

    void add(Candidate candidate) {
        candidate.hold = holdDown.came(candidate.name());
        place(candidate);
    }

    private void place(Candidate candidate) {
        candidate.rank = ranks.get(candidate.name());
        candidate.confirmed = caution().confirmArrivals() ? confirmed.get(candidate.name()) : null;
        ranked.add(candidate);
    }

    /** Ranks candidates by name as the operator wants, whatever they say of themselves, and all others as they say. */
    void want(Choice choice) {
        ranks = choice.ranks();
        confirmed = choice.confirmed();
        placeAll();
    }

    private void placeAll() {
        List<Candidate> present = all();
        ranked.clear(); // what is sorted must not change its place
        present.forEach(this::place);
    }

    boolean remove(Candidate candidate) {
        boolean removed = ranked.remove(candidate);
        if (removed) {
            driven.remove(candidate);
            followed.remove(candidate);
            holdDown.left(candidate.name());
        }
        return removed;
    }

    /** The policy of a candidate that is there has been made, and brings a driver. */
    void driven(Candidate candidate) {
        driven.add(candidate);
    }

    boolean contains(Candidate candidate) {
        return ranked.contains(candidate);
    }

    /** Changes what a candidate says of itself, and with it its place; under another name it is another policy. */
    boolean describe(Candidate candidate, Description description) {
        if (!ranked.remove(candidate)) {
            return false;
        }
        String before = candidate.name();
        candidate.description = description;
        candidate.refusal = null;
        if (!before.equals(candidate.name())) {
            followed.remove(candidate);
            holdDown.left(before);
            candidate.hold = holdDown.came(candidate.name());
        }
        place(candidate);
        return true;
    }

    /** Goes by other settings from now on. */
    void beCautious(Caution caution) {
        holdDown.configure(caution);
        if (!caution.holdsDown()) {
            ranked.forEach(candidate -> candidate.hold = null);
        }
        placeAll();
    }

    /** Returns the best one that is not refused; one that is held back only if there is no other. */
    @Nullable Candidate best() {
        if (!caution().confirmArrivals()) {
            for (Candidate candidate : ranked) {
                if (candidate.refusal == null && candidate.hold == null) {
                    return candidate;
                }
            }
        }
        return bestOf(ranked);
    }

    private @Nullable Candidate bestOf(Collection<Candidate> present) {
        List<Candidate> working = present.stream().filter(candidate -> candidate.refusal == null).toList();
        List<Candidate> calm = working.stream().filter(candidate -> candidate.hold == null).toList();
        List<Candidate> eligible = calm.isEmpty() ? working : calm;
        List<Candidate> accepted = caution().confirmArrivals() ? accepted(eligible) : eligible;
        return Stream.concat(accepted.stream(), eligible.stream()).findFirst().orElse(null);
    }

    /**
     * Returns those that the operator wants as they are. Until one of them is confirmed the one that was current last
     * is as good as those that were ranked.
     */
    private List<Candidate> accepted(List<Candidate> eligible) {
        boolean isAnyConfirmed = eligible.stream().anyMatch(candidate -> candidate.confirmed != null);
        Candidate incumbent = isAnyConfirmed
                ? null : followed.stream().filter(eligible::contains).findFirst().orElse(null);
        return eligible.stream().filter(candidate -> candidate.isAccepted() || candidate == incumbent).toList();
    }

    /** One has become current, or none. */
    void followed(@Nullable Candidate current, boolean isPinned) {
        if (current != null && (!isPinned || isVacant()) && ranked.contains(current)) {
            followed.remove(current);
            followed.add(0, current);
        }
    }

    /** Tells whether none works of those that were current. */
    private boolean isVacant() {
        return followed.stream().allMatch(candidate -> candidate.refusal != null);
    }

    boolean holds(EventLoopPolicy policy) {
        for (Candidate candidate : ranked) {
            if (candidate.policy() == policy) {
                return true;
            }
        }
        return false;
    }

    /** Returns all by their rankings. */
    List<Candidate> all() {
        return new ArrayList<>(ranked);
    }

    /** Returns all in the order in which they would become current. */
    List<Candidate> inTurn() {
        return inTurn(all());
    }

    /** Tells whether no policy that was made brings a driver. */
    boolean isNoneDriven() {
        return driven.isEmpty();
    }

    /** Returns those whose policy brings a driver, in the order in which they would become current. */
    List<Candidate> drivenInTurn() {
        List<Candidate> present = new ArrayList<>(driven);
        present.sort(Candidate.ORDER);
        return inTurn(present);
    }

    private List<Candidate> inTurn(List<Candidate> left) {
        if (caution().isOff()
                || !caution().confirmArrivals() && left.stream().allMatch(candidate -> candidate.hold == null)) {
            return left;
        }
        List<Candidate> turns = new ArrayList<>();
        for (Candidate next = bestOf(left); next != null; next = bestOf(left)) {
            turns.add(next);
            left.remove(next);
        }
        turns.addAll(left); // the refused ones
        return turns;
    }

    // ---- what is held down

    /** Tells whether a policy of that name is held down when it comes. */
    boolean isFlapping(Candidate candidate) {
        return holdDown.isFlapping(candidate.name());
    }

    /** Holds down no more what has been there long enough; returns it. */
    List<Candidate> release() {
        long now = holdDown.now();
        List<Candidate> calm = ranked.stream().filter(candidate -> isOver(candidate.hold, now)).toList();
        calm.forEach(candidate -> {
            candidate.hold = null;
            holdDown.pardon(candidate.name());
        });
        return calm;
    }

    private boolean isOver(@Nullable Hold hold, long now) {
        return hold != null && hold.leftNanos(holdDown.caution(), now) <= 0;
    }

    /** Returns in how many nanoseconds the next one is released; null if none is held down. */
    @Nullable Long nextReleaseNanos() {
        if (!caution().holdsDown()) {
            return null;
        }
        long now = holdDown.now();
        Long next = null;
        for (Candidate candidate : ranked) {
            Hold hold = candidate.hold;
            if (hold != null) {
                long left = Math.max(0, hold.leftNanos(holdDown.caution(), now));
                next = next == null ? (Long) left : (Long) Math.min(next, left);
            }
        }
        return next;
    }

    /** The operator wants a policy: it is held down no more. */
    void pardon(String name) {
        holdDown.pardon(name);
        ranked.stream().filter(candidate -> candidate.name().equals(name)).forEach(candidate -> candidate.hold = null);
    }

    // ---- for explanations

    /** Says of one that is held down why, and when it is followed; null if it is not. */
    @Nullable String heldDown(Candidate candidate) {
        Hold hold = candidate.hold;
        return hold == null ? null : hold.text(holdDown.caution(), holdDown.now());
    }

    /** Tells whether a candidate waits for the operator to confirm it. */
    boolean isUnconfirmed(Candidate candidate) {
        return caution().confirmArrivals() && !candidate.isAccepted() && ranked.contains(candidate);
    }

    Caution caution() {
        return holdDown.caution();
    }
}
