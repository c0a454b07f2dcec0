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

/** The listeners to what happens to the loops of one core. An empty list costs one volatile read. Any thread. */
public final class LoopListeners {
    private final CopyOnWriteArrayList<LoopListener> listeners = new CopyOnWriteArrayList<>();
    private final Function<Class<?>, Optional<BundleId>> origin;

    /**
     * Makes an empty list.
     *
     * @param origin returns the bundle of a class
     */
    public LoopListeners(Function<Class<?>, Optional<BundleId>> origin) {
        this.origin = origin;
    }

    /** Adds one, unless it is in the list. */
    public void add(LoopListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    /** Removes one, if it is in the list. */
    public void remove(LoopListener listener) {
        listeners.remove(listener);
    }

    /** Removes those of classes that have departed. */
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

    /** A loop is held up. */
    public void blocked(LoopBlock block) {
        listeners.forEach(listener -> LoopCalls.blocked(listener, block));
    }

    /** A loop is no longer held up. */
    public void unblocked(LoopBlock block) {
        listeners.forEach(listener -> LoopCalls.unblocked(listener, block));
    }
}
