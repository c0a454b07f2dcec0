package aio.core.registry;

import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The candidates that are ranked: services, or what the class path has. Belongs to the lock of {@link Selection}. */
final class Candidates {
    private final TreeSet<Candidate> ranked = new TreeSet<>(Candidate.ORDER);
    private Map<String, Integer> ranks = Map.of();

    void add(Candidate candidate) {
        candidate.rank = ranks.get(candidate.name());
        ranked.add(candidate);
    }

    /** Ranks candidates by name, whatever they say of themselves, and all others as they say. */
    void rank(Map<String, Integer> newRanks) {
        List<Candidate> present = all();
        ranked.clear(); // what is sorted must not change its place
        ranks = newRanks;
        present.forEach(this::add);
    }

    boolean remove(Candidate candidate) {
        return ranked.remove(candidate);
    }

    /** Changes what a candidate says of itself, and with it its place. */
    boolean describe(Candidate candidate, Description description) {
        if (!ranked.remove(candidate)) {
            return false;
        }
        candidate.description = description;
        candidate.refusal = null;
        candidate.rank = ranks.get(candidate.name());
        return ranked.add(candidate);
    }

    /** Returns the best one that is not refused. */
    @Nullable Candidate best() {
        for (Candidate candidate : ranked) {
            if (candidate.refusal == null) {
                return candidate;
            }
        }
        return null;
    }

    boolean holds(EventLoopPolicy policy) {
        for (Candidate candidate : ranked) {
            if (candidate.policy() == policy) {
                return true;
            }
        }
        return false;
    }

    List<Candidate> all() {
        return new ArrayList<>(ranked);
    }
}
