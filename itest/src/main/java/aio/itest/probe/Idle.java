package aio.itest.probe;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that could use a loop, and never does. */
public final class Idle implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        // only a started bundle is needed
    }

    @Override
    public void stop(BundleContext context) {
        // nothing was begun
    }
}
