package aio.soak.node;

import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import aio.soak.load.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Swaps policies in every way there is, on a thread of its own. */
final class Swaps {
    private static final int RANK = 500;
    private static final int URING_SINCE = 22;
    private static final long REFRESH_SECONDS = 60;

    /** The ways in which another policy becomes current. */
    private enum Way { BUNDLE, RANK, PIN, CODE, UPDATE, LIFE }

    private final BundleContext context;
    private final PolicyRegistry registry;
    private final PolicyAdmin admin;
    private final PolicyDirectory policies;
    private final Faults faults;
    private final Path bundles;
    /** io_uring if it was built, else winselector. */
    private final String upperName;
    private final Bundle upper;
    private final Bundle proactor;
    private final Random random = new Random(3);
    private final Map<Way, AtomicInteger> ways = new EnumMap<>(Way.class);
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final AtomicInteger swaps = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong longestPauseNanos = new AtomicLong();
    private final AtomicInteger lives = new AtomicInteger();
    private List<Way> chosen = List.of();
    private List<String> living = List.of();
    private long nextAt;
    private long restNanos;

    Swaps(
            BundleContext context,
            PolicyRegistry registry,
            PolicyAdmin admin,
            PolicyDirectory policies,
            Path bundles,
            Faults faults)
            throws BundleException {
        this.context = context;
        this.registry = registry;
        this.admin = admin;
        this.policies = policies;
        this.bundles = bundles;
        this.faults = faults;
        upperName = Runtime.version().feature() >= URING_SINCE && Files.exists(jar("uring")) ? "uring" : "winselector";
        upper = context.installBundle(location(upperName));
        proactor = context.installBundle(location("winproactor"));
        for (Way way : Way.values()) {
            ways.put(way, new AtomicInteger());
        }
    }

    private Path jar(String policy) {
        return bundles.resolve("aio-policy-" + policy + ".jar");
    }

    private String location(String policy) {
        return jar(policy).toUri().toString();
    }

    /** Notes a change; see {@link aio.policy.PolicyListener}. */
    void changed(PolicyChange change) {
        swaps.incrementAndGet();
        lost.addAndGet(change.lost());
        longestPauseNanos.accumulateAndGet(change.longestPause().toNanos(), Math::max);
        if (change.lost() > 0) {
            faults.add("a swap lost connections: " + change.summary());
        }
    }

    /** Swaps in one way only, and lets one policy only live again and again; {@code any} for all. */
    void only(String way, String policy) {
        chosen = Arrays.stream(Way.values())
                .filter(each -> each != Way.LIFE)
                .filter(each -> way.equals("any") || each.name().equalsIgnoreCase(way))
                .toList();
        living = Stream.of(upperName, "winproactor").filter(each -> policy.equals("any") || each.equals(policy))
                .toList();
        if (chosen.isEmpty() || living.isEmpty()) {
            throw new IllegalArgumentException("way \"" + way + "\" and policy \"" + policy + "\" were given, expected"
                    + " any, bundle, rank, pin, code or update, and any, winproactor or " + upperName);
        }
    }

    /**
     * Swaps {@code count} times, and lets a policy bundle live {@code lives} times on the way; afterwards the default
     * is current.
     */
    void run(int count, int livesWanted, long nanosBetween) throws Exception {
        restNanos = nanosBetween;
        nextAt = System.nanoTime();
        int end = swaps.get() + count;
        int livesLeft = livesWanted;
        while (swaps.get() < end) {
            int left = end - swaps.get();
            Way way = random.nextInt(left / 2 + 1) < livesLeft
                    ? Way.LIFE : chosen.get(random.nextInt(chosen.size()));
            int before = swaps.get();
            go(way);
            livesLeft -= way == Way.LIFE ? 1 : 0;
            ways.get(way).addAndGet(swaps.get() - before);
        }
        for (; livesLeft > 0; livesLeft--) {
            go(Way.LIFE);
        }
        String current = policies.current().map(info -> info.name()).orElse("none");
        if (!current.equals("default")) {
            faults.add("after the swaps the policy is '" + current + "', expected 'default'");
        }
    }

    private void go(Way way) throws Exception {
        switch (way) {
            case BUNDLE -> whileStarted(random.nextBoolean() ? upper : proactor, () -> {});
            case RANK -> whileStarted(proactor, () -> whileStarted(upper, () -> {
                admin.rank("winproactor", RANK);
                pace("winproactor");
                admin.unrank("winproactor");
                pace(upperName);
            }));
            case PIN -> whileStarted(upper, () -> {
                admin.pin("default");
                pace("default");
                admin.unpin();
                pace(upperName);
            });
            case CODE -> whileStarted(proactor, () -> whileStarted(upper, this::byCode));
            case UPDATE -> whileStarted(upper, () -> {
                // each time from the present version to the next
                upper.update(Version.next(jar(upperName), upper.getVersion()));
                pace(upperName);
            });
            case LIFE -> life();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void whileStarted(Bundle bundle, Step step) throws Exception {
        bundle.start();
        pace(nameOf(bundle));
        step.run();
        bundle.stop();
        pace(bundle == upper && proactor.getState() == Bundle.ACTIVE ? "winproactor" : "default");
    }

    private static String nameOf(Bundle bundle) {
        return bundle.getSymbolicName().substring("aio.policy.".length());
    }

    private void byCode() throws InvalidSyntaxException {
        ServiceReference<EventLoopPolicy> reference = context.getServiceReferences(
                EventLoopPolicy.class, "(aio.policy.name=winproactor)").iterator().next();
        EventLoopPolicy policy = context.getService(reference);
        registry.setEventLoopPolicy(policy);
        pace("winproactor");
        registry.setEventLoopPolicy(null);
        pace(upperName);
        Installation installation = registry.install(policy);
        pace("winproactor");
        installation.close();
        pace(upperName);
        context.ungetService(reference);
    }

    private void life() throws BundleException, IOException, InterruptedException {
        int number = lives.incrementAndGet();
        String policy = living.get(number % living.size());
        try (InputStream jar = Files.newInputStream(jar(policy))) {
            Bundle bundle = context.installBundle("soak:life/" + number, jar);
            bundle.start();
            pace(nameOf(bundle));
            loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
            bundle.stop();
            pace("default");
            bundle.uninstall();
            refresh(bundle);
        }
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
            faults.add("the framework did not refresh a bundle in " + REFRESH_SECONDS + " s");
        }
    }

    /** Checks which policy is current, since every way is synchronous, and waits for the time of the next swap. */
    private void pace(String expected) {
        String current = policies.current().map(info -> info.name()).orElse("none");
        if (!current.equals(expected)) {
            faults.add("the policy is '" + current + "', expected '" + expected + "'");
        }
        nextAt += restNanos;
        long now = System.nanoTime();
        if (nextAt - now > 0) {
            LockSupport.parkNanos(nextAt - now);
        } else {
            nextAt = now;
        }
    }

    /** Returns how many class loaders of removed policy bundles are still there. */
    private long loadersAlive() {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    String figures() {
        StringBuilder line = new StringBuilder("swaps=" + swaps + " lives=" + lives + " lost=" + lost + " pause="
                + longestPauseNanos + " loaders=" + loadersAlive());
        ways.forEach((way, count) -> line.append(' ').append(way.name().toLowerCase(Locale.ROOT)).append('=')
                .append(count));
        return line.toString();
    }
}
