package aio.core.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for, as far as futures tell what they wait for themselves. Made on any thread while the futures
 * change: a chain that changes meanwhile may be cut short. Immutable.
 *
 * @param links the nearest first
 * @param task the task at the end; null if there is none
 */
public record WaitChain(List<Link> links, @Nullable CoreTask<?> task) {
    private static final int MOST = 32;
    private static final String CORE = "aio.core.kernel.";

    /** The kinds of links. */
    public enum Kind { RESULT, SLEEP, WORK, FUTURE, STAGE }

    /**
     * A future or a stage in the chain.
     *
     * @param user the class of the function, the work or the stage; null if it has none
     */
    public record Link(Kind kind, @Nullable Class<?> user) {}

    /** Follows the chain from a task. */
    public static WaitChain of(CoreTask<?> task) {
        List<Link> links = new ArrayList<>();
        Object present = task.awaited();
        for (int looked = 0; looked < MOST && present instanceof CoreFuture<?> future; looked++) {
            if (future instanceof CoreTask<?> other) {
                return new WaitChain(List.copyOf(links), other);
            }
            if (future.isDone()) {
                break; // an executor has its result, or is about to
            }
            Object next = future.awaited();
            Link link = link(future);
            if (link.kind != Kind.FUTURE || next == null) { // else this link only ends as the next one does
                links.add(link);
            }
            present = next;
        }
        if (present != null && !(present instanceof CoreFuture<?>)) {
            links.add(new Link(Kind.STAGE, present.getClass()));
        }
        return new WaitChain(List.copyOf(links), null);
    }

    private static Link link(CoreFuture<?> future) {
        Class<?> maker = future.maker();
        if (maker != null && !maker.getName().startsWith(CORE)) {
            return new Link(Kind.RESULT, maker);
        }
        if (future instanceof Sleep) {
            return new Link(Kind.SLEEP, null);
        }
        boolean hasUser = future instanceof OwnedFuture<?> owned && owned.user() != owned;
        return hasUser
                ? new Link(Kind.WORK, ((OwnedFuture<?>) future).user().getClass())
                : new Link(Kind.FUTURE, null);
    }
}
