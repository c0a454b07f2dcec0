package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.registry.Core;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Makes a managed loop of each configuration of the factory {@code aio.loop}, besides the one named {@code shared}. */
@Component(service = {}, immediate = true, configurationPid = ManagedLoopComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ManagedLoopComponent.Config.class, factory = true)
public final class ManagedLoopComponent {
    static final String PID = "aio.loop";
    private static final CoreLog LOG = CoreLog.LOOP;

    private final BundleContext context;
    private final Core core;
    private LoopService service;

    /** What can be configured. */
    @ObjectClassDefinition(name = "aio managed loop",
            description = "An event loop with a thread of its own, registered as a service")
    @interface Config {

        @AttributeDefinition(name = "Name",
                description = "The name of the loop, its service property aio.loop.name; by default the part of the PID"
                        + " after the ~",
                required = false)
        String name() default "";
    }

    @Activate
    public ManagedLoopComponent(BundleContext context, @Reference Core core, Config config, Map<String, Object> raw) {
        this.context = context;
        this.core = core;
        this.service = LoopService.open(context, core.loops(), nameOf(config, raw), 0);
    }

    /**
     * A changed name makes another loop, and ends the present one if that could be made; everything else that the
     * configuration may hold changes nothing.
     */
    @Modified
    public synchronized void modified(Config config, Map<String, Object> raw) {
        String name = nameOf(config, raw);
        LoopService present = service;
        if (name.equals(present.name())) {
            return;
        }
        try {
            service = LoopService.open(context, core.loops(), name, 0);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "managed loop \"" + present.name() + "\" could not be renamed to \""
                    + Text.clean(name) + "\" and stays as it is: mend its configuration of aio.loop", e);
            return;
        }
        present.close();
    }

    @Deactivate
    public synchronized void stop() {
        service.close();
    }

    private static String nameOf(Config config, Map<String, Object> raw) {
        return nameOf(config.name(), Text.ofValue(raw.get("service.pid")));
    }

    static String nameOf(@Nullable Object given, String pid) {
        String name = given == null ? "" : Text.ofValue(given).trim();
        if (!name.isEmpty()) {
            return name;
        }
        int separator = pid.indexOf('~');
        return pid.substring(separator >= 0 ? separator + 1 : pid.lastIndexOf('.') + 1);
    }
}
