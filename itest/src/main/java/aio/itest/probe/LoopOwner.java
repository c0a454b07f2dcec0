package aio.itest.probe;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that makes a loop named as the bundle, runs it, and offers it as a service. */
public final class LoopOwner implements BundleActivator {
    /** Property of the service that has the name of the bundle. */
    public static final String OWNER = "aio.itest.owner";

    private EventLoop loop;
    private Thread thread;

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getSymbolicName();
        loop = EventLoops.newEventLoop(LoopOptions.defaults().withName(name));
        thread = new Thread(loop::runForever, name);
        thread.start();
        context.registerService(EventLoop.class, loop, new Hashtable<>(Map.of(OWNER, name)));
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
    }
}
