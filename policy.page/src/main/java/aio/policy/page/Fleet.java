package aio.policy.page;

import aio.policy.console.json.Json;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet tells of itself, if this process is a node of one. Where that comes from is a service whose types are
 * those of the JDK, so the page needs no package of another bundle. Any thread.
 */
final class Fleet {
    private final AtomicReference<@Nullable Supplier<?>> source = new AtomicReference<>();

    /** A fleet comes, or takes the place of the one before. */
    void come(Supplier<?> arrived) {
        source.set(arrived);
    }

    /** A fleet goes, unless another one has taken its place. */
    void go(Supplier<?> gone) {
        source.compareAndSet(gone, null);
    }

    /**
     * Returns what it tells, as JSON; null if there is none.
     *
     * @throws IllegalStateException if it cannot tell; the message says why
     */
    String json() {
        Supplier<?> told = source.get();
        return Json.text(told == null ? Optional.empty() : told.get());
    }
}
