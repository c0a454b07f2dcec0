package aio.core.loop;

import aio.loop.BundleId;
import java.util.Optional;

/** Tells where classes come from: the only thing that the loops ask of the framework. Any thread. */
@FunctionalInterface
public interface Origin {

    /** The origin on a plain class path: no bundle. */
    Origin NONE = type -> Optional.empty();

    /** Returns the bundle of a class; empty if it comes from none. */
    Optional<BundleId> bundle(Class<?> type);

    /** Returns a text such as {@code aio.policy.default [9]}; empty if the class comes from no bundle. */
    default String of(Class<?> type) {
        return bundle(type).map(BundleId::toString).orElse("");
    }
}
