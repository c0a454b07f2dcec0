package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.registry.Core;
import aio.core.registry.Owner;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;

/** Undoes what a bundle has done to the registry when it stops, before the call that stops it returns. Any thread. */
final class StoppedBundles implements SynchronousBundleListener, AutoCloseable {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final BundleContext context;
    private final Core core;
    private final long self;

    StoppedBundles(BundleContext context, Core core) {
        this.context = context;
        this.core = core;
        this.self = context.getBundle().getBundleId();
    }

    void open() {
        context.addBundleListener(this);
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Owner owner = BundleOwners.of(event.getBundle());
        if (owner.id() == self) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.STOPPING -> step(owner, () -> core.registry().stopping(owner));
            case BundleEvent.STOPPED -> {
                step(owner, () -> core.registry().stopped(owner));
                step(owner, () -> core.loops().forgetListeners(
                        type -> FrameworkUtil.getBundle(type) == event.getBundle()));
                step(owner, () -> withdraw(event.getBundle(), owner));
            }
            case BundleEvent.UNINSTALLED -> step(owner, () -> core.registry().uninstalled(owner));
            default -> { }
        }
    }

    private static void step(Owner owner, Wall.Step step) {
        Wall.run(LOG, Level.ERROR, "not all that bundle " + owner + " has left could be undone when it stopped", step);
    }

    /**
     * Closes what the bundle has left on managed loops: its own clean-up, at deactivation, is over by now. The stop of
     * a bundle that never used one does not wait for a loop that is busy.
     */
    private void withdraw(Bundle bundle, Owner owner) {
        Predicate<Object> belongs = user -> FrameworkUtil.getBundle(classOf(user)) == bundle;
        boolean used = core.loops().wasUsedBy(owner.id(), belongs);
        int left = core.loops().withdraw(
                belongs,
                new LoopClosedException("bundle " + owner + " has stopped"),
                used ? core.registry().settings().stopWaitNanos() : 0);
        if (left > 0) {
            LOG.log(Level.WARNING, "bundle " + owner + " has stopped and left " + left
                    + (left == 1 ? " channel or child" : " channels or children") + " on managed loops: closed;"
                    + " close servers, connections and children in a @Deactivate method");
        }
    }

    /** A task says the class of its work alone. */
    private static Class<?> classOf(Object user) {
        return user instanceof Class<?> type ? type : user.getClass();
    }
}
