package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.Candidate;
import aio.core.registry.Description;
import aio.core.registry.Owner;
import aio.core.registry.PolicyProvider;
import aio.core.registry.Registry;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Makes candidates of services. A plain listener: it is called before the change of a service returns, and only
 * for services of the same class space; a tracker would get every service at once. Any thread.
 */
final class PolicyServices implements ServiceListener, AutoCloseable {
    private static final String FILTER = "(" + Constants.OBJECTCLASS + "=" + EventLoopPolicy.class.getName() + ")";

    /** The name of a declarative component; its constant would need a package at run time. */
    private static final String COMPONENT_NAME = "component.name";

    private final BundleContext context;
    private final Registry registry;
    private final Map<ServiceReference<?>, Candidate> candidates = new ConcurrentHashMap<>();

    /** Services that left before they were known to be there, for a listener may be overtaken. */
    private final Set<ServiceReference<?>> leftEarly = ConcurrentHashMap.newKeySet();

    PolicyServices(BundleContext context, Registry registry) {
        this.context = context;
        this.registry = registry;
    }

    void open() {
        try {
            context.addServiceListener(this, FILTER);
            // the best one first, so that the others change nothing
            context.getServiceReferences(EventLoopPolicy.class, null).stream()
                    .sorted(Comparator.reverseOrder())
                    .forEach(this::come);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("filter '" + FILTER + "' is refused by the framework", e);
        }
        leftEarly.clear();
    }

    @Override
    public void close() {
        context.removeServiceListener(this);
        candidates.clear();
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        ServiceReference<?> reference = event.getServiceReference();
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> come(reference);
            case ServiceEvent.MODIFIED -> modified(reference);
            case ServiceEvent.MODIFIED_ENDMATCH, ServiceEvent.UNREGISTERING -> left(reference);
            default -> { }
        }
    }

    private void come(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null || leftEarly.remove(reference)) {
            return;
        }
        Candidate candidate = Candidate.ofService(
                (Long) reference.getProperty(Constants.SERVICE_ID),
                BundleOwners.of(bundle),
                describe(reference),
                new Service(reference));
        if (candidates.putIfAbsent(reference, candidate) == null) {
            registry.arrived(candidate);
            if (leftEarly.remove(reference)) {
                left(reference);
            } else if (candidates.get(reference) != candidate) {
                // it was told to leave before it had arrived
                registry.left(candidate, ChangeReason.SERVICE_LEFT, "service left");
            }
        }
    }

    private void modified(ServiceReference<?> reference) {
        Candidate candidate = candidates.get(reference);
        if (candidate == null) {
            return; // it left already
        }
        // two changes at once may be told in any order: repeat until what was told is what is there
        Description told;
        do {
            told = describe(reference);
            registry.described(candidate, told);
        } while (!told.equals(describe(reference)));
    }

    private void left(ServiceReference<?> reference) {
        Candidate candidate = candidates.remove(reference);
        if (candidate == null) {
            leftEarly.add(reference);
            return;
        }
        Owner owner = BundleOwners.of(reference.getBundle());
        boolean stopping = reference.getBundle() != null && reference.getBundle().getState() == Bundle.STOPPING;
        if (stopping) {
            registry.left(candidate, ChangeReason.BUNDLE_STOPPED, "bundle " + owner.id() + " stopped");
        } else {
            registry.left(candidate, ChangeReason.SERVICE_LEFT, "service left");
        }
    }

    static Description describe(ServiceReference<?> reference) {
        String name = text(reference.getProperty(EventLoopPolicy.NAME));
        if (name == null) {
            name = text(reference.getProperty(COMPONENT_NAME));
        }
        if (name == null) {
            name = "service-" + Text.of(reference.getProperty(Constants.SERVICE_ID));
        }
        Object home = reference.getProperty(EventLoopPolicy.HOME);
        return Description.of(
                name, reference.getProperty(Constants.SERVICE_RANKING), home instanceof String system ? system : "");
    }

    private static @Nullable String text(@Nullable Object property) {
        String text = property == null ? "" : Text.of(property).trim();
        return text.isEmpty() ? null : text;
    }

    /** Gets the object of one service. */
    private final class Service implements PolicyProvider {
        private final ServiceReference<?> reference;

        Service(ServiceReference<?> reference) {
            this.reference = reference;
        }

        @Override
        public @Nullable EventLoopPolicy get() {
            return (EventLoopPolicy) context.getService(reference);
        }

        @Override
        public void release(EventLoopPolicy policy) {
            context.ungetService(reference);
        }
    }
}
