package aio.itest;

import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** A minimal policy: no loops except for the one that is set, no driver. Any thread. */
class PlainPolicy implements EventLoopPolicy {
    private volatile @Nullable EventLoop loop;

    @Override
    public EventLoop getEventLoop() {
        EventLoop present = loop;
        if (present == null) {
            throw new IllegalStateException("a plain policy has the loop that was set, and none was");
        }
        return present;
    }

    @Override
    public void setEventLoop(@Nullable EventLoop newLoop) {
        loop = newLoop;
    }

    @Override
    public EventLoop newEventLoop() {
        throw new UnsupportedOperationException("a plain policy makes no loops");
    }

    /** Registers a policy; {@code service} may be a service factory. */
    static Registered register(String name, @Nullable Object ranking, Object service) {
        return new Registered(Framework.context().registerService(
                EventLoopPolicy.class.getName(), service, properties(name, ranking)));
    }

    private static Dictionary<String, Object> properties(String name, @Nullable Object ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(EventLoopPolicy.NAME, name));
        if (ranking != null) {
            properties.put(Constants.SERVICE_RANKING, ranking);
        }
        return properties;
    }

    /** A registration that ends when closed. */
    static final class Registered implements AutoCloseable {
        private final ServiceRegistration<?> registration;
        private boolean closed;

        private Registered(ServiceRegistration<?> registration) {
            this.registration = registration;
        }

        long serviceId() {
            return (Long) registration.getReference().getProperty(Constants.SERVICE_ID);
        }

        void rank(Object ranking) {
            String name = (String) registration.getReference().getProperty(EventLoopPolicy.NAME);
            registration.setProperties(properties(name, ranking));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                registration.unregister();
            }
        }
    }
}
