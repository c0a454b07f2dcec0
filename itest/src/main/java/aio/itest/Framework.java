package aio.itest;

import aio.loop.BundleId;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.LoopFactory;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework that the tests run in: its services and bundles. Any thread. */
final class Framework {
    static final String API = "aio.policy.api";
    static final String CORE = "aio.policy.core";
    static final String DEFAULT = "aio.policy.default";
    static final String WINSELECTOR = "aio.policy.winselector";
    static final String CONSOLE = "aio.policy.console";

    private static final long REFRESH_SECONDS = 20;

    private Framework() {}

    static BundleContext context() {
        return FrameworkUtil.getBundle(Framework.class).getBundleContext();
    }

    static PolicyRegistry registry() {
        return service(PolicyRegistry.class);
    }

    static PolicyAdmin admin() {
        return service(PolicyAdmin.class);
    }

    static PolicyDirectory directory() {
        return service(PolicyDirectory.class);
    }

    /** Waits until a policy is current: a probe that a busy machine has let come too late is made again. */
    static void awaitCurrent(String policy) throws Exception {
        Await.until("'" + policy + "' is current",
                () -> directory().current().filter(current -> current.name().equals(policy)).isPresent());
    }

    static LoopDirectory loops() {
        return service(LoopDirectory.class);
    }

    /** Returns the readable name of the bundle that a loop's driver is from; empty if there is none. */
    static String driverBundle(LoopInfo loop) {
        return loop.driverBundle().map(BundleId::toString).orElse("");
    }

    static LoopFactory loopFactory() {
        return service(LoopFactory.class);
    }

    static <T> T service(Class<T> type) {
        ServiceReference<T> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new AssertionError("no service " + type.getName());
        }
        T service = context().getService(reference);
        if (service == null) {
            throw new AssertionError("service " + type.getName() + " is null");
        }
        return service;
    }

    static @Nullable Bundle find(String symbolicName) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    static Bundle bundle(String symbolicName) {
        Bundle bundle = find(symbolicName);
        if (bundle == null) {
            throw new AssertionError("bundle " + symbolicName + " is not installed");
        }
        return bundle;
    }

    /** Returns the installed bundles of this project, except for the tests. */
    static List<Bundle> ownBundles() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("aio."))
                .filter(bundle -> !bundle.equals(context().getBundle()))
                .toList();
    }

    /** Opens a jar that the tests contain, by its artifact. */
    static InputStream jar(String artifact) throws IOException {
        URL entry = context().getBundle().getEntry("bundles/" + artifact + ".jar");
        if (entry == null) {
            throw new AssertionError("the tests have no jar " + artifact);
        }
        return entry.openStream();
    }

    /** Tells whether the tests contain a jar; not each build makes all of them. */
    static boolean has(String artifact) {
        return context().getBundle().getEntry("bundles/" + artifact + ".jar") != null;
    }

    /** Returns a property of the run, or a default if it has none. */
    static String property(String name, String otherwise) {
        String value = context().getProperty(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    static Bundle install(String artifact, String location) {
        try (InputStream in = jar(artifact)) {
            return context().installBundle(location, in);
        } catch (IOException | BundleException e) {
            throw new AssertionError("bundle " + artifact + " cannot be installed", e);
        }
    }

    /** Refreshes bundles (all that need it if none is given) and waits until that is done. */
    static void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        FrameworkWiring wiring = context().getBundle(0).adapt(FrameworkWiring.class);
        wiring.refreshBundles(bundles.length == 0 ? null : List.of(bundles), event -> done.countDown());
        if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the framework did not refresh its bundles in " + REFRESH_SECONDS + " s");
        }
    }
}
