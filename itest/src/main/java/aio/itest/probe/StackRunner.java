package aio.itest.probe;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The activator of a bundle that, while it starts, runs what a test has registered: the bundle is on the stack then.
 */
public final class StackRunner implements BundleActivator {
    /** The filter of the service that is run. */
    public static final String FILTER = "(aio.itest=stack)";

    @Override
    public void start(BundleContext context) throws InvalidSyntaxException {
        for (ServiceReference<Runnable> reference : context.getServiceReferences(Runnable.class, FILTER)) {
            context.getService(reference).run();
            context.ungetService(reference);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // holds nothing
    }
}
