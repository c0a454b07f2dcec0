package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.loop.Loops;
import aio.core.loop.ManagedLoop;
import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A managed loop that is registered as a service. Any thread. */
final class LoopService implements AutoCloseable {
    private final ManagedLoop managed;
    private final ServiceRegistration<EventLoop> registration;

    private LoopService(ManagedLoop managed, ServiceRegistration<EventLoop> registration) {
        this.managed = managed;
        this.registration = registration;
    }

    /**
     * Makes a loop, runs it and registers it; nothing is left if that fails.
     *
     * @throws IllegalStateException if there is one of that name
     */
    static LoopService open(BundleContext context, Loops loops, String name, int ranking) {
        ManagedLoop managed = loops.newManagedLoop(name);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(EventLoop.SERVICE_NAME, name);
        properties.put(Constants.SERVICE_RANKING, ranking);
        try {
            return new LoopService(managed,
                    context.registerService(EventLoop.class, new Users(loops, managed.loop()), properties));
        } catch (IllegalStateException e) {
            managed.end(e);
            throw e;
        }
    }

    /** Gives all bundles the same loop, and notes which have got it. */
    private record Users(Loops loops, EventLoop loop) implements ServiceFactory<EventLoop> {

        @Override
        public EventLoop getService(Bundle bundle, ServiceRegistration<EventLoop> registration) {
            loops.usedBy(bundle.getBundleId());
            return loop;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<EventLoop> registration, EventLoop service) {
            // what it leaves is looked for when it stops
        }
    }

    String name() {
        return managed.loop().name();
    }

    /** Unregisters the loop, so that those who use it can clean up, and ends it. */
    @Override
    public void close() {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            CoreLog.LOOP.log(System.Logger.Level.DEBUG,
                    "the framework has unregistered loop \"" + name() + "\" already", e);
        } finally {
            managed.end(new LoopClosedException("managed loop \"" + name() + "\" ends: its bundle aio.policy.core"
                    + " stops, or its configuration was removed"));
        }
    }
}
