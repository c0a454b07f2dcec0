package aio.core.registry;

import aio.loop.BundleId;
import aio.policy.AbsentPolicy;
import aio.policy.PolicyAbsence;
import org.jspecify.annotations.Nullable;

/** A policy that is not there although a bundle declares it. Immutable. */
public record Absent(String name, BundleId bundle, PolicyAbsence absence, String advice) implements AbsentPolicy {

    /**
     * Its bundle is not started.
     *
     * @param obstacle why starting it would fail, as the end of a sentence; null if nothing is known
     */
    public static Absent notStarted(String name, BundleId bundle, @Nullable String obstacle) {
        return new Absent(name, bundle, PolicyAbsence.NOT_STARTED, "Bundle " + bundle + " is installed, "
                + (obstacle == null ? "not started: start " + bundle.id() : "and cannot be started: " + obstacle));
    }

    /**
     * Its bundle is started.
     *
     * @param why what is known of it, as the end of a sentence
     */
    public static Absent notRegistered(String name, BundleId bundle, String why) {
        return new Absent(name, bundle, PolicyAbsence.NOT_REGISTERED, "Bundle " + bundle + " is started, but " + why);
    }
}
