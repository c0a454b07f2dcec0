package aio.policy.page;

import aio.loop.LoopDirectory;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.console.log.SafeLog;
import java.lang.System.Logger.Level;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Gives the page to the Web Console that is there: to the one of {@code jakarta.servlet}, else to the one of
 * {@code javax.servlet}; never to both, since a console of version 5 takes plug-ins of either kind.
 */
@Component(service = {})
public final class Page {
    private static final SafeLog LOG = SafeLog.POLICY;

    private final LoopDirectory loops;
    private final Swaps swaps = new Swaps();
    private final Fleet fleet = new Fleet();
    private final @Nullable ServiceRegistration<?> registration;

    /** Registers the page; a log entry says so if no console is there. */
    @Activate
    public Page(BundleContext context, @Reference PolicyDirectory directory, @Reference PolicyAdmin admin,
            @Reference LoopDirectory loops) {
        this.loops = loops;
        PageHandler handler = new PageHandler(
                new Guard(), new State(directory, loops, new Samples(loops), swaps), fleet, new Actions(admin));
        Dictionary<String, Object> as = new Hashtable<>(Map.of(
                "felix.webconsole.label", PageRequest.LABEL,
                "felix.webconsole.title", PageRequest.TITLE,
                "felix.webconsole.category", "Main"));
        if (has("org.apache.felix.webconsole.servlet.AbstractServlet") && has("jakarta.servlet.http.HttpServlet")) {
            registration = JakartaPage.register(context, handler, as);
        } else if (has("org.apache.felix.webconsole.AbstractWebConsolePlugin")
                && has("javax.servlet.http.HttpServlet")) {
            registration = JavaxPage.register(context, handler, as);
        } else {
            registration = null;
            LOG.log(Level.WARNING, "the page is not served: no Felix Web Console was there when its bundle was"
                    + " resolved, expected org.apache.felix.webconsole 4.2 or later with its servlet API; install it,"
                    + " then refresh the bundle aio.policy.page");
        }
        loops.addListener(swaps);
    }

    /** For the service component runtime: what a fleet tells is there. */
    @Reference(
            service = Supplier.class,
            target = "(aio.page=fleet)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindFleet(Supplier<?> source) {
        fleet.come(source);
    }

    /** For the service component runtime. */
    void unbindFleet(Supplier<?> source) {
        fleet.go(source);
    }

    /** Tells whether the bundle is wired to a class. */
    private static boolean has(String name) {
        try {
            Class.forName(name, false, Page.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Takes the page away. */
    @Deactivate
    void stop() {
        loops.removeListener(swaps);
        if (registration != null) {
            registration.unregister();
        }
    }
}
