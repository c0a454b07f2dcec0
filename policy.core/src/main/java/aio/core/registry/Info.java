package aio.core.registry;

import aio.policy.PolicyInfo;
import java.util.List;

/** A snapshot of a candidate. Immutable. */
record Info(
        String name,
        int ranking,
        long serviceId,
        String state,
        String source,
        boolean pinned,
        String driver,
        int loops,
        String bundle,
        long bundleId,
        String home,
        List<String> why)
        implements PolicyInfo {}
