package aio.bench.micro;

import aio.policy.EventLoopPolicy;
import aio.policy.winselector.WindowsSelectorEventLoopPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** Asking a real framework for a service, in both ways. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceBenchmark {
    /** Named in the table only. */
    @Param(Lookup.AIO)
    public String subject = "";

    private Path storage; // all set by open
    private Framework framework;
    private BundleContext context;
    private ServiceTracker<EventLoopPolicy, EventLoopPolicy> tracker;

    /** Starts a framework with one policy as a service. */
    @Setup
    public void open() throws Exception {
        storage = Files.createTempDirectory("aio-bench-felix");
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
        context = framework.getBundleContext();
        context.registerService(EventLoopPolicy.class, new WindowsSelectorEventLoopPolicy(), FrameworkUtil.asDictionary(
                Map.of("aio.policy.name", "winselector")));
        tracker = new ServiceTracker<>(context, EventLoopPolicy.class, null);
        tracker.open();
    }

    /** Stops the framework. */
    @TearDown
    public void close() throws Exception {
        tracker.close();
        framework.stop();
        framework.waitForStop(0);
        try (Stream<Path> files = Files.walk(storage)) {
            files.sorted(Comparator.reverseOrder()).forEach(ServiceBenchmark::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tracker that knows the service already. */
    @Benchmark
    public EventLoopPolicy tracker() {
        return tracker.getService();
    }

    /** Reference, service, and giving it back. */
    @Benchmark
    public EventLoopPolicy lookUp() {
        ServiceReference<EventLoopPolicy> reference = context.getServiceReference(EventLoopPolicy.class);
        EventLoopPolicy policy = context.getService(reference);
        context.ungetService(reference);
        return policy;
    }
}
