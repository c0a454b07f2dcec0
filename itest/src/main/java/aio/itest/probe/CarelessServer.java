package aio.itest.probe;

import aio.loop.EventLoop;
import aio.loop.Server;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that serves on a loop that it got as a service, and closes nothing when it stops. */
public final class CarelessServer implements BundleActivator {
    /** Property of the service that tells the port: the service is a map with it. */
    public static final String FILTER = "(aio.itest=port)";

    @Override
    public void start(BundleContext context) throws Exception {
        EventLoop loop = context.getService(context.getServiceReference(EventLoop.class));
        @SuppressWarnings("unchecked") // the tests register it so
        Queue<String> log = (Queue<String>) context.getService(
                context.getServiceReferences(Queue.class, "(aio.itest=log)").iterator().next());
        Future<Server> starting = loop.createServer(() -> new Greeter(log), "127.0.0.1", 0);
        Server server = starting.get();
        loop.callSoonThreadsafe(() -> loop.callLater(Duration.ofDays(1), new Late()));
        loop.createTask(() -> loop.createFuture(), "careless");
        String port = server.addresses().get(0).toString().replaceAll(".*:", "");
        context.registerService(Map.class, Map.of("port", port), new Hashtable<>(Map.of("aio.itest", "port")));
    }

    @Override
    public void stop(BundleContext context) {
        // closing nothing here is the point of the test
    }

    /** Greets, and records how its connection ended. */
    static final class Greeter implements StreamProtocol {
        private final Queue<String> log;

        Greeter(Queue<String> log) {
            this.log = log;
        }

        @Override
        public void connectionMade(StreamTransport transport) {
            transport.write(ByteBuffer.wrap(new byte[] {'h', 'i'}));
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            log.add("lost: " + cause);
        }
    }

    /** A timer that is far away. */
    static final class Late implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("a timer of a bundle that has stopped has run");
        }
    }
}
