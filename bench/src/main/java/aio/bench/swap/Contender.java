package aio.bench.swap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** A framework with a number of policies in it, and code, or none, that keeps track of the best. One thread. */
final class Contender implements AutoCloseable {
    private static final String POLICY = "aio.policy.EventLoopPolicy";

    final String name;
    private final Container container;
    private final @Nullable Supplier<@Nullable Object> best;
    private final Runnable forget;
    private final Deque<ServiceRegistration<?>> policies = new ArrayDeque<>();

    private Contender(
            String name, Container container, @Nullable Supplier<@Nullable Object> best, Runnable forget) {
        this.name = name;
        this.container = container;
        this.best = best;
        this.forget = forget;
    }

    /** No code listens: what the framework itself costs. */
    static Contender felix(String name) throws Exception {
        return new Contender(name, Container.open(false), null, () -> {});
    }

    static Contender tracker(String name) throws Exception {
        Container container = Container.open(false);
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(container.context(), POLICY, null);
        tracker.open();
        return new Contender(name, container, tracker::getService, tracker::close);
    }

    @SuppressWarnings("unchecked") // see the probe
    static Contender aio(String name) throws Exception {
        Container container = Container.open(false);
        container.start("aio-policy-core");
        container.start("aio-policy-default");
        return new Contender(name, container, (Supplier<@Nullable Object>) container.ask("current"), () -> {});
    }

    /** Brings it to a number of policies, none better than those before. */
    void populate(int count) {
        while (policies.size() > count) {
            policies.pop().unregister();
        }
        while (policies.size() < count) {
            policies.push(register(container.ask("policy"), "policy-" + policies.size(), -policies.size()));
        }
    }

    private ServiceRegistration<?> register(Object policy, String policyName, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                "aio.policy.name", policyName, Constants.SERVICE_RANKING, ranking));
        BundleContext context = container.context();
        return context.registerService(POLICY, policy, properties);
    }

    /** Lets a better policy come and go a number of times, and measures each time until the best one is known. */
    void swap(int times, Durations samples) {
        for (int i = 0; i < times; i++) {
            Object policy = container.ask("policy");
            Object before = best == null ? null : best.get();
            long start = System.nanoTime();
            ServiceRegistration<?> registration = register(policy, "better", Integer.MAX_VALUE);
            Object found = best == null ? policy : best.get();
            long arrived = System.nanoTime();
            check(found, policy);
            long leaving = System.nanoTime();
            registration.unregister();
            found = best == null ? before : best.get();
            long left = System.nanoTime();
            check(found, before);
            samples.arrivals().add(arrived - start);
            samples.departures().add(left - leaving);
        }
    }

    private void check(@Nullable Object found, @Nullable Object expected) {
        if (found != expected) {
            throw new IllegalStateException(name + " has policy " + found + ", expected " + expected);
        }
    }

    @Override
    public void close() throws Exception {
        forget.run();
        populate(0);
        container.close();
    }
}
