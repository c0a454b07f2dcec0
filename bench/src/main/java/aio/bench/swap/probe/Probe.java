package aio.bench.swap.probe;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.ServerOptions;
import aio.policy.LoopFactory;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.transport.StreamProtocol;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;

/** The benchmark's hand in the framework. It returns plain types, since the two share no class. */
public final class Probe implements Function<String, Object> {
    private final BundleContext context;
    private volatile long told;

    /** Made by the benchmark, through the class loader of the bundle. */
    public Probe(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object apply(String wanted) {
        return switch (wanted) {
            case "policy" -> new PlainPolicy();
            case "current" -> (Supplier<Object>) EventLoops::getEventLoopPolicy;
            case "loop factory" -> context.registerService(LoopFactory.class, new NoLoops(), null);
            case "port" -> listen();
            case "connections" -> loop().info().connections();
            case "listen to changes" -> service(PolicyDirectory.class).addListener(change -> told = System.nanoTime());
            case "last change" -> lastChange();
            default -> throw new IllegalArgumentException("the probe does not know \"" + wanted + "\"");
        };
    }

    private EventLoop loop() {
        return service(EventLoop.class);
    }

    private int listen() {
        try {
            var server = loop().createServer(() -> new StreamProtocol() {}, ServerOptions.at("127.0.0.1", 0)).get();
            return ((InetSocketAddress) server.addresses().get(0)).getPort();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the server of the probe cannot be opened", e);
        }
    }

    /**
     * Returns to which policy the last change was, how long the loops took to follow, their longest pause, how many
     * connections were kept, how many were lost, and when it took effect.
     */
    private Object[] lastChange() {
        List<PolicyChange> history = service(PolicyDirectory.class).history();
        PolicyChange last = history.get(history.size() - 1);
        return new Object[] {
            last.to().orElse("none"), last.duration().toNanos(), last.longestPause().toNanos(),
            last.kept(), last.lost(), told
        };
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }
}
