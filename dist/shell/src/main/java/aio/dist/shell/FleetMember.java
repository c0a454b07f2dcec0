package aio.dist.shell;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the container a node of the fleet that {@code ./run --fleet} starts, with policies to choose from. */
@Component(immediate = true, service = FleetMember.class)
public final class FleetMember {
    private static final List<String> STARTED =
            List.of("aio.policy.winselector", "aio.policy.winproactor", "aio.example.late", "aio.policy.fleet");
    private static final int SESSION_SECONDS = 6;

    /** For the service component runtime. */
    @Activate
    public FleetMember(@Reference ConfigurationAdmin admin, BundleContext context)
            throws IOException, BundleException {
        String connect = context.getProperty("aio.fleet.connect");
        String node = context.getProperty("aio.fleet.node");
        if (connect == null || node == null) {
            return;
        }
        Dictionary<String, Object> values = new Hashtable<>();
        values.put("connect", connect);
        values.put("node", node);
        values.put("session.seconds", SESSION_SECONDS);
        admin.getConfiguration("aio.fleet", "?").updateIfDifferent(values);
        for (Bundle bundle : context.getBundles()) {
            if (STARTED.contains(bundle.getSymbolicName())) {
                bundle.start();
            }
        }
    }
}
