package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The drivers that were ever seen, held weakly: a bundle may stop long after its policy was dropped. Any thread. */
final class Drivers {
    private final WeakMap<IoDriverFactory, Boolean> seen = WeakMap.byIdentity();

    void add(IoDriverFactory driver) {
        seen.put(driver, true);
    }

    List<IoDriverFactory> of(Predicate<Class<?>> owner) {
        List<IoDriverFactory> found = new ArrayList<>();
        for (IoDriverFactory driver : seen.keys()) {
            if (owner.test(driver.getClass())) {
                found.add(driver);
            }
        }
        return found;
    }
}
