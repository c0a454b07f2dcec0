package aio.core.registry;

import java.util.List;

/** Finds the policies that bundles declare and that are not there. Any thread. */
@FunctionalInterface
public interface PolicyBundles {

    /** Returns them: first those of bundles that are started, then those of bundles that are not. */
    List<Absent> absent();
}
