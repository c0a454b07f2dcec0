package aio.policy.fleet;

import aio.loop.LoopDirectory;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.fleet.node.CoreEngine;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.node.MemoryFile;
import aio.policy.fleet.node.Pace;
import aio.policy.fleet.node.Settings;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Makes this process a node of a fleet for as long as there is a configuration {@code aio.fleet}; without one there is
 * neither a thread nor a connection. A change of the configuration leaves one fleet and joins the other.
 */
@Component(service = Membership.class, immediate = true, configurationPid = "aio.fleet",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Membership.Config.class)
public final class Membership {
    private static final String MEMORY = "fleet";

    private final FleetNode node;

    /** Where this node belongs. */
    @ObjectClassDefinition(name = "aio fleet", description = "Makes this process a node of a fleet, through ZooKeeper")
    public @interface Config {
        /** Returns the servers. */
        @AttributeDefinition(
                name = "Servers",
                description = "The servers of ZooKeeper, host:port,host:port; without one there is no fleet",
                required = false)
        String connect() default "";

        /** Returns the name of the fleet. */
        @AttributeDefinition(name = "Fleet", description = "The name of the fleet", required = false)
        String fleet() default "default";

        /** Returns the name of the node. */
        @AttributeDefinition(
                name = "Node",
                description = "The name of this node, which no other node of the fleet has; empty for that of the host",
                required = false)
        String node() default "";

        /** Returns user and password. */
        @AttributeDefinition(
                name = "Digest",
                description = "user:password; what the fleet writes is then closed to everybody else. Empty: open to"
                        + " all who reach ZooKeeper",
                type = AttributeType.PASSWORD,
                required = false)
        String digest() default "";

        /** Returns the path of a file. */
        @AttributeDefinition(
                name = "Client",
                description = "A file with properties of ZooKeeper's client, for TLS; empty for none",
                required = false)
        String client_config() default "";

        /** Returns the time of a session. */
        @AttributeDefinition(
                name = "Session",
                description = "How long a node may be cut off until others see it as gone, in seconds",
                min = "1",
                max = "3600",
                required = false)
        int session_seconds() default 15;
    }

    /** For the service component runtime; does not wait for ZooKeeper. */
    @Activate
    public Membership(
            @Reference PolicyAdmin admin,
            @Reference PolicyDirectory directory,
            @Reference LoopDirectory loops,
            BundleContext context,
            Config config)
            throws Exception {
        File memory = context.getDataFile(MEMORY);
        if (memory == null) {
            throw new IllegalStateException("the framework keeps no files for bundles, expected that it does: a node"
                    + " has to know after a restart what it has done");
        }
        node = new FleetNode(settings(config), new CoreEngine(admin, directory, loops, System::nanoTime),
                new MemoryFile(memory.toPath()), Pace.normal(), System::nanoTime, Clock.systemUTC());
        try {
            node.start();
        } catch (Exception | Error e) {
            node.close();
            throw e;
        }
    }

    private static Settings settings(Config config) throws UnknownHostException {
        return new Settings(config.connect(), config.fleet(),
                config.node().isBlank() ? InetAddress.getLocalHost().getHostName() : config.node(),
                Optional.of(config.digest()).filter(each -> !each.isBlank()),
                Optional.of(config.client_config()).filter(each -> !each.isBlank()).map(Path::of),
                Duration.ofSeconds(config.session_seconds()));
    }

    /** Leaves the fleet; what is pinned stays. */
    @Deactivate
    public void stop() {
        node.close();
    }

    /** Returns the node. */
    public FleetNode node() {
        return node;
    }
}
