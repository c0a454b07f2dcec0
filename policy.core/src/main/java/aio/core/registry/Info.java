package aio.core.registry;

import aio.loop.BundleId;
import aio.policy.PolicyInfo;
import aio.policy.PolicyReason;
import aio.policy.PolicyScope;
import aio.policy.PolicySource;
import aio.policy.PolicyState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A snapshot of a candidate. Immutable. */
record Info(
        String name,
        int ranking,
        OptionalLong serviceId,
        PolicyState state,
        PolicyReason reason,
        PolicySource source,
        boolean pinned,
        List<PolicyScope> scopes,
        Optional<String> driver,
        int loops,
        Optional<BundleId> bundle,
        Optional<String> home,
        List<String> why)
        implements PolicyInfo {}
