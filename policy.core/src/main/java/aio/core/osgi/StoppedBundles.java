package aio.core.osgi;

import aio.core.registry.Owner;
import aio.core.registry.Registry;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Undoes what a bundle has done to the registry when it stops, before the one who stops it goes on. Any thread. */
final class StoppedBundles implements SynchronousBundleListener, AutoCloseable {
    private final BundleContext context;
    private final Registry registry;
    private final long self;

    StoppedBundles(BundleContext context, Registry registry) {
        this.context = context;
        this.registry = registry;
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
            case BundleEvent.STOPPING -> registry.stopping(owner);
            case BundleEvent.STOPPED -> registry.stopped(owner);
            default -> { }
        }
    }
}
