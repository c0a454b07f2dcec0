package aio.policy.jmx;

import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.console.log.SafeLog;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Registers the beans with the platform's server: one of all policies, one of all loops, and one for each managed loop
 * as long as its service is there.
 */
@Component(service = {})
public final class Beans {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final String DOMAIN = "aio";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    /** The names that are ours, by what each is of: one of other code is not ours to take away. */
    private final Map<Object, ObjectName> ours = new ConcurrentHashMap<>();

    /** Registers the two that are always there. */
    @Activate
    public Beans(@Reference PolicyDirectory directory, @Reference PolicyAdmin admin, @Reference LoopDirectory loops) {
        register("Policies", name("Policies", null), new Policies(directory, admin));
        register("Loops", name("Loops", null), new AllLoops(loops, admin));
    }

    /** Takes away all that are left. */
    @Deactivate
    void stop() {
        List.copyOf(ours.keySet()).forEach(this::unregister);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLoop(EventLoop loop) {
        register(loop, name("Loop", loop.name()), new OneLoop(loop));
    }

    void removeLoop(EventLoop loop) {
        unregister(loop);
    }

    /** Returns a name; that of a loop is quoted, since it may hold anything. */
    static ObjectName name(String type, @Nullable String loop) {
        try {
            return new ObjectName(DOMAIN + ":type=" + type + (loop == null ? "" : ",name=" + ObjectName.quote(loop)));
        } catch (JMException e) {
            throw new IllegalArgumentException("no JMX name can be made of '" + type + "' and '" + loop + "'", e);
        }
    }

    private void register(Object of, ObjectName name, Object bean) {
        try {
            server.registerMBean(bean, name);
            ours.put(of, name);
        } catch (InstanceAlreadyExistsException e) {
            LOG.log(Level.WARNING, "JMX has a bean " + name + " already, which stays; expected none: give loops names"
                    + " of their own, and let one framework of a JVM have this bundle");
        } catch (JMException e) {
            LOG.log(Level.WARNING, "JMX refused the bean " + name, e);
        }
    }

    private void unregister(Object of) {
        ObjectName name = ours.remove(of);
        try {
            if (name != null) {
                server.unregisterMBean(name);
            }
        } catch (InstanceNotFoundException e) {
            LOG.log(Level.DEBUG, "the JMX bean " + name + " was taken away by other code");
        } catch (JMException e) {
            LOG.log(Level.WARNING, "JMX keeps the bean " + name + ", which shows nothing any more", e);
        }
    }
}
