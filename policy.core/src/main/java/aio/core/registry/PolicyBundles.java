package aio.core.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the bundles that declare a policy that is not there. Any thread. */
@FunctionalInterface
public interface PolicyBundles {

    /**
     * A policy that is not there because its bundle is not started.
     *
     * @param obstacle why starting it would fail, as the end of a sentence; null if nothing is known
     */
    record NotStarted(String policy, Owner bundle, @Nullable String obstacle) {
        String advice() {
            return "Bundle " + bundle + " is installed, " + (obstacle == null
                    ? "not started: start " + bundle.id() : "and cannot be started: " + obstacle);
        }
    }

    /**
     * A policy that is not there although its bundle is started.
     *
     * @param why what is known of it, as the end of a sentence
     */
    record Missing(String policy, Owner bundle, String why) {
        String advice() {
            return "Bundle " + bundle + " is started, but " + why;
        }
    }

    List<NotStarted> notStarted();

    /** Returns the policies that started bundles declare and have not registered. */
    default List<Missing> missing() {
        return List.of();
    }
}
