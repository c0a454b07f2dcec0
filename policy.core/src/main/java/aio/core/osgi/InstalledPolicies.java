package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.PolicyBundles;
import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Finds bundles that declare to bring a policy but are not started, or have not registered it. Any thread. */
final class InstalledPolicies implements PolicyBundles {
    private final BundleContext context;
    private final Supplier<@Nullable ComponentStates> states;

    InstalledPolicies(BundleContext context, Supplier<@Nullable ComponentStates> states) {
        this.context = context;
        this.states = states;
    }

    @Override
    public List<NotStarted> notStarted() {
        List<NotStarted> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if ((bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
                declared(bundle).forEach(name -> found.add(new NotStarted(name, BundleOwners.of(bundle))));
            }
        }
        return found;
    }

    @Override
    public List<Missing> missing() {
        List<Missing> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() == Bundle.ACTIVE) {
                List<String> missing = new ArrayList<>(declared(bundle));
                List<ServiceReference<?>> registered = registered(bundle);
                // a configuration may have given another name to what is there
                if (registered.size() < missing.size()) {
                    registered.forEach(policy -> missing.remove(PolicyServices.describe(policy).name()));
                    missing.forEach(name -> found.add(new Missing(name, BundleOwners.of(bundle), why(bundle))));
                }
            }
        }
        return found;
    }

    private static List<String> declared(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<String> names = new ArrayList<>();
        if (revision != null) {
            for (BundleCapability capability : revision.getDeclaredCapabilities(EventLoopPolicy.CAPABILITY)) {
                Object name = capability.getAttributes().get(EventLoopPolicy.CAPABILITY);
                if (name != null) {
                    names.add(Text.of(name));
                }
            }
        }
        return names;
    }

    private static List<ServiceReference<?>> registered(Bundle bundle) {
        ServiceReference<?>[] all = bundle.getRegisteredServices();
        return all == null ? List.of() : Arrays.stream(all).filter(InstalledPolicies::isPolicy).toList();
    }

    private static boolean isPolicy(ServiceReference<?> service) {
        Object types = service.getProperty(Constants.OBJECTCLASS);
        return types instanceof String[] names && List.of(names).contains(EventLoopPolicy.class.getName());
    }

    private String why(Bundle bundle) {
        ComponentStates present = states.get();
        String known = present == null ? null : present.whyNoPolicy(bundle);
        return known == null ? "has registered no policy: its log may say why" : known;
    }
}
