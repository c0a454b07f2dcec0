package aio.core.kernel;

import aio.core.foreign.LoopCalls;
import aio.loop.BundleId;
import aio.loop.LoopBlock;
import aio.loop.LoopListener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who is told of what happens to the loops of one core. To find none costs one volatile read. Any thread. */
public final class LoopListeners {
    private final CopyOnWriteArrayList<LoopListener> listeners = new CopyOnWriteArrayList<>();
    private final Function<Class<?>, Optional<BundleId>> origin;

    /**
     * Makes an empty list.
     *
     * @param origin says which bundle a class is of
     */
    public LoopListeners(Function<Class<?>, Optional<BundleId>> origin) {
        this.origin = origin;
    }

    /** Adds one, unless it is there. */
    public void add(LoopListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    /** Takes one out, if it is there. */
    public void remove(LoopListener listener) {
        listeners.remove(listener);
    }

    /** Forgets those of classes that are gone. */
    public void purge(Predicate<Class<?>> gone) {
        listeners.removeIf(listener -> gone.test(listener.getClass()));
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    List<LoopListener> all() {
        return listeners;
    }

    Optional<BundleId> bundle(Class<?> type) {
        return origin.apply(type);
    }

    /** Tells that a loop is held up. */
    public void blocked(LoopBlock block) {
        listeners.forEach(listener -> LoopCalls.blocked(listener, block));
    }

    /** Tells that a loop is held up no more. */
    public void unblocked(LoopBlock block) {
        listeners.forEach(listener -> LoopCalls.unblocked(listener, block));
    }
}
