package aio.core.kernel;

import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those that wait until one loop has come to a generation of what is wanted. Any thread. */
final class Waiters {
    private final List<Waiter> waiting = new ArrayList<>(); // this and the next ones guarded by this
    private long reached;
    private boolean closed;

    /** A caller that waits for a generation; {@code destination} is the driver that the generation sent the loop to. */
    private record Waiter(
            long generation, @Nullable IoDriverFactory destination, CompletableFuture<Outcome> outcome) {}

    /** Returns what a generation does to the loop; complete at once if the loop has come to it, or is closed. */
    CompletableFuture<Outcome> add(long generation, @Nullable IoDriverFactory destination) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        synchronized (this) {
            if (reached < generation && !closed) {
                waiting.add(new Waiter(generation, destination, outcome));
                return outcome;
            }
        }
        outcome.complete(Outcome.NOTHING);
        return outcome;
    }

    /**
     * Completes the waiters of all generations up to {@code last} whose destination the loop has reached, or has failed
     * to reach. The first one learns all counts, so that one exchange of a loop is counted once.
     *
     * @param isEnd tells whether the loop goes no further to a destination
     * @param done what has come of it
     * @param passedOver what the others are told: the loop has passed over their generation; null if they wait on
     * @return whether one was told what has come of it
     */
    boolean tell(long last, Predicate<@Nullable IoDriverFactory> isEnd, Outcome done, @Nullable Outcome passedOver) {
        List<Runnable> telling = new ArrayList<>();
        boolean told = false;
        synchronized (this) {
            reached = passedOver == null ? reached : last;
            for (Iterator<Waiter> each = waiting.iterator(); each.hasNext();) {
                Waiter waiter = each.next();
                boolean isMine = isEnd.test(waiter.destination());
                Outcome outcome = !isMine ? passedOver : told ? done.reasons() : done;
                if (waiter.generation() > last || outcome == null) {
                    continue;
                }
                each.remove();
                told |= isMine;
                telling.add(() -> waiter.outcome().complete(outcome));
            }
        }
        telling.forEach(Runnable::run);
        return told;
    }

    /** The loop closes: completes all, now and later. */
    void close(Outcome outcome) {
        List<Waiter> told;
        synchronized (this) {
            closed = true;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(waiter -> waiter.outcome().complete(outcome));
    }
}
