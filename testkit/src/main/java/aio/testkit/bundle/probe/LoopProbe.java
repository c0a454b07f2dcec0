package aio.testkit.bundle.probe;

import aio.EventLoops;
import aio.loop.BundleId;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.PolicyInfo;
import aio.testkit.net.EchoProtocol;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * The activator of a bundle that uses the shared loop of a framework and says how it is, in types of the JDK: the one
 * who asks has other classes of the API. Any thread but those of loops.
 */
public final class LoopProbe implements BundleActivator, Function<String, String> {
    /** The property of the service by which it is found. */
    public static final String PROPERTY = "aio.testkit.probe";

    private @Nullable BundleContext context;
    private @Nullable Server server;

    /** For the framework. */
    public LoopProbe() {}

    @Override
    public void start(BundleContext given) {
        context = given;
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PROPERTY, "true");
        given.registerService(Function.class, this, properties);
    }

    @Override
    public synchronized void stop(BundleContext given) {
        if (server != null) {
            server.close();
        }
    }

    /**
     * Replies to a question: {@code port} of an echo server on the shared loop, name of the {@code policy} that is
     * current, id of the bundle that the {@code engine} of the loop is from, number of open {@code connections} and of
     * those that were {@code lost}. The reply is empty if there is none yet.
     */
    @Override
    public String apply(String question) {
        EventLoop loop = loop();
        if (loop == null) {
            return "";
        }
        return switch (question) {
            case "port" -> Integer.toString(serve(loop).port());
            case "policy" -> EventLoops.policyDirectory().current().map(PolicyInfo::name).orElse("");
            case "engine" -> loop.info().driverBundle().map(BundleId::id).map(String::valueOf).orElse("");
            case "connections" -> Integer.toString(loop.info().connections());
            case "lost" -> Long.toString(loop.statistics().lost());
            default -> throw new IllegalArgumentException("no reply to \"" + question + "\"");
        };
    }

    private synchronized Server serve(EventLoop loop) {
        if (server == null) {
            try {
                server = loop.createServer(EchoProtocol::new, ServerOptions.at("127.0.0.1", 0))
                        .get(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("the echo server is not there: " + e, e);
            }
        }
        return server;
    }

    private @Nullable EventLoop loop() {
        BundleContext own = context;
        try {
            return own == null ? null : own.getServiceReferences(EventLoop.class, "(aio.loop.name=shared)").stream()
                    .findFirst().map(own::getService).orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
