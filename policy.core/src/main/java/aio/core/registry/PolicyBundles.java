package aio.core.registry;

import java.util.List;

/** Finds the bundles that would bring a policy if they were started. Any thread. */
@FunctionalInterface
public interface PolicyBundles {

    /** A policy that is not there because its bundle is not started. */
    record NotStarted(String policy, Owner bundle) {
        String advice() {
            return "Bundle " + bundle + " is installed, not started: start " + bundle.id();
        }
    }

    List<NotStarted> notStarted();
}
