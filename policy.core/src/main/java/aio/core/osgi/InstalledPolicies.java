package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.Absent;
import aio.core.registry.PolicyBundles;
import aio.loop.BundleId;
import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Finds bundles that declare to bring a policy but are not started, or have not registered it. Any thread. */
final class InstalledPolicies implements PolicyBundles {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final String JAVA = ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE;

    private final BundleContext context;

    InstalledPolicies(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Absent> absent() {
        Bundle[] bundles = context.getBundles();
        List<Absent> found = new ArrayList<>();
        for (Bundle bundle : bundles) {
            if (bundle.getState() == Bundle.ACTIVE) {
                List<String> missing = new ArrayList<>(declared(bundle));
                List<ServiceReference<?>> registered = registered(bundle);
                // a configuration may have given another name to what is there
                if (registered.size() < missing.size()) {
                    registered.forEach(policy -> missing.remove(PolicyServices.describe(policy).name()));
                    missing.forEach(name -> found.add(Absent.notRegistered(name, id(bundle), why(bundle))));
                }
            }
        }
        for (Bundle bundle : bundles) {
            if ((bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
                String obstacle = obstacle(bundle);
                declared(bundle).forEach(name -> found.add(Absent.notStarted(name, id(bundle), obstacle)));
            }
        }
        return found;
    }

    private static BundleId id(Bundle bundle) {
        return BundleOwners.of(bundle).bundle().orElseThrow();
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

    /** Says what the bundle requires of Java and this one does not have; null if it is content. */
    private @Nullable String obstacle(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        BundleRevision system = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(BundleRevision.class);
        if (revision == null || system == null) {
            return null; // one of them is going
        }
        List<BundleCapability> offered = system.getDeclaredCapabilities(JAVA);
        for (BundleRequirement required : revision.getDeclaredRequirements(JAVA)) {
            if (offered.stream().noneMatch(required::matches)) {
                return "it requires " + required.getDirectives().get(Constants.FILTER_DIRECTIVE) + ", and this is Java "
                        + Runtime.version().feature() + ": run the framework on a Java that it accepts";
            }
        }
        return null;
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
        String known = known(bundle);
        return known == null ? "has registered no policy: its log may say why" : known;
    }

    /**
     * Returns what the component runtime knows of it, or null. The runtime is looked up when it is needed: the
     * framework would match the listener of a reference against every service that comes and goes.
     */
    @Nullable String known(Bundle bundle) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        if (reference == null) {
            return null;
        }
        try {
            Object runtime = context.getService(reference);
            return runtime == null ? null : new ComponentStates((ServiceComponentRuntime) runtime).whyNoPolicy(bundle);
        } catch (NoClassDefFoundError notExported) { // the import is optional
            return null;
        } finally {
            context.ungetService(reference);
        }
    }
}
