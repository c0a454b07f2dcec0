package aio.policy.fleet;

import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.console.karaf.command.KarafCommand;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Gives the commands to Karaf's shell whenever that is there. A component could not: what it needs would be asked of
 * every resolver, also where there is no Karaf.
 */
final class KarafShell extends ServiceTracker<SessionFactory, Runnable> {
    private final FleetCommands commands;
    private final PolicyDirectory directory;

    private KarafShell(BundleContext context, FleetCommands commands, PolicyDirectory directory) {
        super(context, SessionFactory.class, null);
        this.commands = commands;
        this.directory = directory;
    }

    /** Returns what takes them back. */
    static Runnable give(BundleContext context, FleetCommands commands, PolicyDirectory directory) {
        KarafShell shell = new KarafShell(context, commands, directory);
        shell.open();
        return shell::close;
    }

    @Override
    public Runnable addingService(ServiceReference<SessionFactory> reference) {
        return KarafCommand.register(context.getService(reference).getRegistry(), commands.commands(),
                () -> directory.policies().stream().map(PolicyInfo::name).toList(), (object, level) -> null);
    }

    @Override
    public void removedService(ServiceReference<SessionFactory> reference, Runnable given) {
        given.run();
        context.ungetService(reference);
    }
}
