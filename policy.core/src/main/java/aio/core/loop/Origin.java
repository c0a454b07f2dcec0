package aio.core.loop;

import aio.loop.BundleId;
import java.util.Optional;

/** Says where classes come from: the one thing that the loops ask of the framework. Any thread. */
@FunctionalInterface
public interface Origin {

    /** On a plain class path: nowhere in particular. */
    Origin NONE = type -> Optional.empty();

    /** Returns the bundle of a class; empty if it comes from none. */
    Optional<BundleId> bundle(Class<?> type);

    /** Returns a text such as {@code aio.policy.default [9]}; empty if the class comes from no bundle. */
    default String of(Class<?> type) {
        return bundle(type).map(BundleId::toString).orElse("");
    }
}
