package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.loop.EventLoop;
import aio.policy.ContextSlots;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The current loop of each context: not a thread-local, which could neither be carried over nor be cleared. Any thread.
 */
final class SlotTable implements ContextSlots {

    /** That a slot is there says that it was set, if only to null. */
    private record Slot(@Nullable EventLoop loop) {}

    private final WeakMap<Object, Slot> slots = WeakMap.byEquals();
    private final BooleanSupplier strict;

    SlotTable(BooleanSupplier strict) {
        this.strict = strict;
    }

    @Override
    public @Nullable EventLoop get(Object context) {
        Slot slot = slots.get(Objects.requireNonNull(context, "context"));
        return slot == null ? null : slot.loop();
    }

    @Override
    public void set(Object context, @Nullable EventLoop loop) {
        slots.put(Objects.requireNonNull(context, "context"), new Slot(loop));
    }

    @Override
    public boolean mayCreate(Object context) {
        return !strict.getAsBoolean() && slots.get(Objects.requireNonNull(context, "context")) == null;
    }

    boolean isUsed() {
        return !slots.isEmpty();
    }

    /** Takes over what {@code other} has and this one has not. */
    void addAll(SlotTable other) {
        for (Object context : other.slots.keys()) {
            Slot slot = other.slots.get(context);
            if (slot != null) {
                slots.putIfAbsent(context, slot);
            }
        }
    }

    /** Forgets the loops for which {@code condition} holds. */
    void purge(Predicate<EventLoop> condition) {
        slots.removeIf((context, slot) -> slot.loop() != null && condition.test(slot.loop()));
    }
}
