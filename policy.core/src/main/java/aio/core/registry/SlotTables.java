package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which policy uses which slots: the ranked ones share the container's, so that slots carry over from one to the next;
 * one that was set by code has its own, as in asyncio. Belongs to the lock of {@link Selection}.
 */
final class SlotTables {
    private final WeakMap<EventLoopPolicy, SlotTable> own = WeakMap.byIdentity();
    private final WeakMap<EventLoopPolicy, SlotTable> remembered = WeakMap.byIdentity();
    private final BooleanSupplier strict;
    private SlotTable container;

    SlotTables(BooleanSupplier strict) {
        this.strict = strict;
        this.container = new SlotTable(strict);
    }

    SlotTable container() {
        return container;
    }

    /** Returns the slots that a policy has for itself. */
    SlotTable own(EventLoopPolicy policy) {
        SlotTable present = own.get(policy);
        return present != null ? present : own.putIfAbsent(policy, new SlotTable(strict));
    }

    /** A policy becomes a ranked one: what it had for itself goes over to the container. */
    void share(EventLoopPolicy policy) {
        SlotTable mine = own.remove(policy);
        if (mine != null) {
            container.addAll(mine);
        }
    }

    /** {@code setEventLoopPolicy(null)}: the current loops are forgotten, until {@code chosen} is set explicitly. */
    void forget(@Nullable EventLoopPolicy chosen) {
        if (chosen != null && container.isUsed()) {
            remembered.put(chosen, container);
        }
        container = new SlotTable(strict);
    }

    /** Another policy is set while {@code chosen} would be: the loops it has by now are the ones to come back to. */
    void settle(EventLoopPolicy chosen) {
        if (container.isUsed()) {
            remembered.remove(chosen);
        }
    }

    /** A ranked policy that was installed as well is dropped: its slots come back when it is set again. */
    void remember(EventLoopPolicy policy) {
        SlotTable mine = own.remove(policy);
        if (mine != null && mine.isUsed()) {
            remembered.put(policy, mine);
        }
    }

    /** The policy that is chosen anyway is set: slots that were forgotten for it are the container's again. */
    void recall(EventLoopPolicy chosen) {
        SlotTable earlier = remembered.remove(chosen);
        if (earlier != null) {
            container = earlier;
        }
    }

    /** A policy is installed: slots that were forgotten for it are its own now. */
    void recallOwn(EventLoopPolicy policy) {
        SlotTable earlier = remembered.remove(policy);
        if (earlier != null) {
            own.put(policy, earlier);
        }
    }

    /** Forgets policies and loops of classes that are gone. */
    void purge(Predicate<Class<?>> gone) {
        Predicate<EventLoop> ofGone = loop -> gone.test(loop.getClass());
        own.removeIf((policy, table) -> gone.test(policy.getClass()));
        remembered.removeIf((policy, table) -> gone.test(policy.getClass()));
        container.purge(ofGone);
        own.removeIf((policy, table) -> {
            table.purge(ofGone);
            return false;
        });
        remembered.removeIf((policy, table) -> {
            table.purge(ofGone);
            return false;
        });
    }
}
