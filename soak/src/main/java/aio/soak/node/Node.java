package aio.soak.node;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import aio.soak.Certificate;
import aio.soak.load.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * What is loaded: a plain server, timers and children on the loop of the container, a TLS server and timers on a loop
 * of its own. Registers a function that takes orders.
 */
public final class Node implements BundleActivator {
    /** The property that names the folder with the bundles; the certificate lies beside it. */
    public static final String FOLDER = "soak.folder";

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Faults faults = new Faults();
    private Echo plain;
    private Echo tls;
    private List<Ticks> ticks;
    private Children children;
    private PolicyDirectory policies;
    private LoopDirectory loops;
    private Swaps swaps;
    private Installation listening;
    private EventLoop own;
    private Thread thread;

    @Override
    public void start(BundleContext context) throws Exception {
        policies = service(context, PolicyDirectory.class);
        loops = service(context, LoopDirectory.class);
        EventLoop shared = context.getService(context.getServiceReference(EventLoop.class));
        own = EventLoops.newEventLoop();
        thread = new Thread(own::runForever, "soak-loop");
        thread.start();
        Path folder = Path.of(context.getProperty(FOLDER));
        plain = new Echo(shared, null, faults);
        tls = new Echo(own, Certificate.context(folder), faults);
        ticks = List.of(new Ticks(shared, faults), new Ticks(own, faults));
        children = new Children(shared, faults);
        children.start();
        swaps = new Swaps(context, service(context, PolicyRegistry.class), service(context, PolicyAdmin.class),
                policies, folder.resolve("bundles"), faults);
        listening = policies.addListener(swaps::changed);
        Function<String, String> orders = this::obey;
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("soak", "node"));
        context.registerService(Function.class, orders, properties);
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        listening.close();
        own.callSoonThreadsafe(own::stop);
        thread.join();
        own.close();
    }

    private static <T> T service(BundleContext context, Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    private String obey(String order) {
        String[] words = order.split(" ");
        try {
            return switch (words[0]) {
                case "ports" -> plain.port() + " " + tls.port();
                case "swap" -> swap(words);
                case "footprint" -> footprint();
                case "figures" -> figures();
                case "faults" -> faults.count() + " " + String.join(" | ", faults.lines());
                case "end" -> end();
                default -> throw new IllegalArgumentException("no order \"" + order + "\"");
            };
        } catch (Exception e) { // of tests: reported to the process that gave the order
            faults.add("order \"" + order + "\": " + e);
            return "failed";
        }
    }

    private String swap(String[] words) throws Exception {
        swaps.only(words[4], words[5]);
        swaps.run(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
        settle();
        return "done";
    }

    /** Waits until every loop is on the driver of the policy. */
    private void settle() {
        Optional<String> driver = policies.current().orElseThrow().driver();
        long deadline = System.nanoTime() + SETTLE_NANOS;
        while (!loops.loops().stream().allMatch(loop -> loop.driver().equals(driver))) {
            if (System.nanoTime() - deadline > 0) {
                faults.add("loops did not settle on driver " + driver.orElse("parked") + ": "
                        + loops.loops().stream()
                                .map(loop -> loop.name() + " on " + loop.driver().orElse("parked"))
                                .toList());
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private String footprint() {
        children.pause(true);
        String held = Footprint.take();
        children.pause(false);
        ticks.forEach(Ticks::check);
        return held;
    }

    private String figures() {
        long exchanges = loops.loops().stream().mapToLong(LoopInfo::exchanges).sum();
        Duration longest = loops.loops().stream().map(LoopInfo::longestPause).max(Duration::compareTo).orElseThrow();
        return swaps.figures() + " accepted=" + (plain.accepted() + tls.accepted()) + " open="
                + (plain.open() + tls.open())
                + " bytes=" + (plain.bytes() + tls.bytes()) + " timers=" + ticks.stream().mapToLong(Ticks::fired).sum()
                + " children=" + children.right() + " started=" + children.started() + " exchanges=" + exchanges
                + " looppause=" + longest.toNanos();
    }

    private String end() throws Exception {
        children.pause(true);
        ticks.forEach(Ticks::end);
        plain.close();
        tls.close();
        return "ended";
    }
}
