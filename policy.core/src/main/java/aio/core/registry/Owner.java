package aio.core.registry;

import aio.loop.BundleId;
import java.util.Optional;

/** The bundle that something belongs to. Immutable; holds no bundle. */
public record Owner(long id, String name) {

    /** What belongs to no bundle. */
    public static final Owner NONE = new Owner(-1, "");

    public boolean isNone() {
        return id < 0;
    }

    /** Returns the bundle as the API tells it; empty if there is none. */
    public Optional<BundleId> bundle() {
        return isNone() ? Optional.empty() : Optional.of(new BundleId(name, id));
    }

    /** Returns a text such as {@code aio.policy.default [9]}; empty if there is no bundle. */
    @Override
    public String toString() {
        return isNone() ? "" : name + " [" + id + "]";
    }
}
