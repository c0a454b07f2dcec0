package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.PolicyBundles;
import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Finds bundles that declare to bring a policy but are not started. Any thread. */
final class InstalledPolicies implements PolicyBundles {
    private final BundleContext context;

    InstalledPolicies(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<NotStarted> notStarted() {
        List<NotStarted> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision == null || (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) == 0) {
                continue;
            }
            for (BundleCapability capability : revision.getDeclaredCapabilities(EventLoopPolicy.CAPABILITY)) {
                Object name = capability.getAttributes().get(EventLoopPolicy.CAPABILITY);
                if (name != null) {
                    found.add(new NotStarted(Text.of(name), BundleOwners.of(bundle)));
                }
            }
        }
        return found;
    }
}
