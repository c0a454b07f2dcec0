package aio.core.kernel.wanted;

import aio.spi.IoDriverFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drivers, compared by identity and held weakly: the bundles that bring them may be uninstalled at any time. Immutable.
 */
public final class DriverSet {
    public static final DriverSet EMPTY = new DriverSet(List.of());

    private final List<WeakReference<IoDriverFactory>> drivers;

    private DriverSet(List<WeakReference<IoDriverFactory>> drivers) {
        this.drivers = drivers;
    }

    public boolean isEmpty() {
        return drivers.isEmpty();
    }

    public boolean contains(@Nullable IoDriverFactory driver) {
        for (WeakReference<IoDriverFactory> each : drivers) {
            if (driver != null && each.refersTo(driver)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether some drivers are not in this set anyway, and others are. */
    boolean isSaid(Collection<IoDriverFactory> removed, Collection<IoDriverFactory> added) {
        return (drivers.isEmpty() || removed.stream().noneMatch(this::contains))
                && (added.isEmpty() || added.stream().allMatch(this::contains));
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

    public DriverSet with(@Nullable IoDriverFactory driver) {
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
