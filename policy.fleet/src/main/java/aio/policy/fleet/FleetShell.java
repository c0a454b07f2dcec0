package aio.policy.fleet;

import aio.policy.PolicyDirectory;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives the commands to the shell that is there, for as long as this process is a node: to that of Karaf, else to Gogo;
 * never to both, since Karaf's takes what Gogo has as well, without its options and names.
 */
@Component(service = {}, immediate = true)
public final class FleetShell {
    private static final String KARAF = "org.apache.karaf.shell.api.console.SessionFactory";

    private final Runnable takeBack;

    /** For the service component runtime. */
    @Activate
    public FleetShell(BundleContext context, @Reference Membership membership, @Reference PolicyDirectory directory) {
        FleetCommands commands = new FleetCommands(membership.node());
        takeBack = isKaraf() ? KarafShell.give(context, commands, directory) : gogo(context, commands);
    }

    /** Tells whether the bundle is wired to Karaf's shell. */
    private static boolean isKaraf() {
        try {
            Class.forName(KARAF, false, FleetShell.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Runnable gogo(BundleContext context, FleetCommands commands) {
        String[] names = commands.commands().stream().map(each -> each.usage().name()).toArray(String[]::new);
        ServiceRegistration<?> registration = context.registerService(FleetCommands.class, commands,
                new Hashtable<>(Map.of("osgi.command.scope", FleetCommands.SCOPE, "osgi.command.function", names)));
        return registration::unregister;
    }

    @Deactivate
    void stop() {
        takeBack.run();
    }
}
