package aio.core.kernel;

import aio.spi.IoDriverFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drivers, compared by identity and held weakly: the bundles that bring them may be uninstalled at any time. Immutable.
 */
final class DriverSet {
    static final DriverSet EMPTY = new DriverSet(List.of());

    private final List<WeakReference<IoDriverFactory>> drivers;

    private DriverSet(List<WeakReference<IoDriverFactory>> drivers) {
        this.drivers = drivers;
    }

    boolean isEmpty() {
        return drivers.isEmpty();
    }

    boolean contains(@Nullable IoDriverFactory driver) {
        for (WeakReference<IoDriverFactory> each : drivers) {
            if (driver != null && each.refersTo(driver)) {
                return true;
            }
        }
        return false;
    }

    /** Returns this set without some drivers and with others; drivers that were collected are dropped. */
    DriverSet changed(Collection<IoDriverFactory> removed, Collection<IoDriverFactory> added) {
        if (drivers.isEmpty() && added.isEmpty()) {
            return this;
        }
        List<WeakReference<IoDriverFactory>> changed = new ArrayList<>();
        for (WeakReference<IoDriverFactory> each : drivers) {
            if (!each.refersTo(null) && !isAmong(removed, each) && !isAmong(added, each)) {
                changed.add(each);
            }
        }
        added.forEach(driver -> changed.add(new WeakReference<>(driver)));
        return changed.isEmpty() ? EMPTY : new DriverSet(List.copyOf(changed));
    }

    DriverSet with(@Nullable IoDriverFactory driver) {
        return driver == null ? this : changed(List.of(), List.of(driver));
    }

    private static boolean isAmong(Collection<IoDriverFactory> drivers, WeakReference<IoDriverFactory> reference) {
        for (IoDriverFactory driver : drivers) {
            if (reference.refersTo(driver)) {
                return true;
            }
        }
        return false;
    }
}
