package aio.core.registry;

import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The candidates that are ranked: services, or what the class path has. Belongs to the lock of {@link Selection}. */
final class Candidates {
    private final TreeSet<Candidate> ranked = new TreeSet<>(Candidate.ORDER);

    void add(Candidate candidate) {
        ranked.add(candidate);
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
