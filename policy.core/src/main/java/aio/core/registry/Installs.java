package aio.core.registry;

import aio.policy.EventLoopPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The policies that were installed by code: a stack, whose top counts. An installer that sets again replaces its last
 * one, so the stack is as high as there are installers. Belongs to the lock of {@link Selection}.
 */
final class Installs {

    /**
     * One installation.
     *
     * @param token what the installer holds to undo it, so that it does not hold the policy
     * @param candidate what is installed; null if the ranked candidates are to decide, whatever lies below
     * @param installer who did it
     * @param replaceable whether the next {@code setEventLoopPolicy} of the same installer takes its place
     */
    record Entry(Object token, @Nullable Candidate candidate, Owner installer, boolean replaceable) {}

    private final Deque<Entry> stack = new ArrayDeque<>();

    boolean isEmpty() {
        return stack.isEmpty();
    }

    /** Returns the topmost one that is not refused; {@code ranked} if the ranked ones are to decide. */
    @Nullable Candidate best(@Nullable Candidate ranked) {
        for (Entry entry : stack) {
            Candidate candidate = entry.candidate();
            if (candidate == null) {
                return ranked;
            }
            if (candidate.refusal == null) {
                return candidate;
            }
        }
        return ranked;
    }

    void push(Entry entry) {
        if (entry.replaceable()) {
            stack.removeIf(below -> below.replaceable() && below.installer().equals(entry.installer()));
        }
        stack.push(entry);
    }

    /** If the policy is on the stack, drops what lies on it and returns true. */
    boolean uncover(EventLoopPolicy policy) {
        if (!holds(policy)) {
            return false;
        }
        while (!isOf(stack.element(), policy)) {
            stack.pop();
        }
        return true;
    }

    boolean remove(Object token) {
        return stack.removeIf(entry -> entry.token() == token);
    }

    boolean removeIf(Predicate<Entry> condition) {
        return stack.removeIf(condition);
    }

    void clear() {
        stack.clear();
    }

    boolean holds(EventLoopPolicy policy) {
        return stack.stream().anyMatch(entry -> isOf(entry, policy));
    }

    /** Returns what is installed, the top first. */
    List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        for (Entry entry : stack) {
            if (entry.candidate() != null) {
                all.add(entry.candidate());
            }
        }
        return all;
    }

    @Nullable Owner installer(Candidate candidate) {
        for (Entry entry : stack) {
            if (entry.candidate() == candidate) {
                return entry.installer();
            }
        }
        return null;
    }

    static boolean isOf(Entry entry, EventLoopPolicy policy) {
        return entry.candidate() != null && entry.candidate().policy() == policy;
    }
}
