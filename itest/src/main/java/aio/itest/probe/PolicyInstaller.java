package aio.itest.probe;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that sets a policy of its own by code, and forgets to take it back. */
public final class PolicyInstaller implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        EventLoops.setEventLoopPolicy(new Own());
    }

    @Override
    public void stop(BundleContext context) {
        // undoing nothing here is the point of the test
    }

    /** A policy of the bundle itself. */
    public static final class Own implements EventLoopPolicy {

        @Override
        public EventLoop getEventLoop() {
            throw new IllegalStateException("no loop");
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {
            throw new IllegalStateException("no loop");
        }

        @Override
        public EventLoop newEventLoop() {
            throw new IllegalStateException("no loop");
        }
    }
}
