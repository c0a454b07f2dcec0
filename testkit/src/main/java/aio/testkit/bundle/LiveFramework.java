package aio.testkit.bundle;

import aio.testkit.Await;
import aio.testkit.bundle.probe.LoopProbe;
import aio.testkit.net.EchoProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework in this process, with API, core, the default policy and the probe. One thread. */
final class LiveFramework implements AutoCloseable {
    private static final List<String> BUNDLES = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.scr", "aio.policy.api", "aio.policy.core",
            "aio.policy.default");
    private static final long STOP_MILLIS = 20_000;

    private final Framework framework;
    private Function<String, String> probe = question -> "";

    private LiveFramework(Framework framework) {
        this.framework = framework;
    }

    /** Starts one that keeps its files in a folder. */
    static LiveFramework start(Path folder, Collection<Path> more) throws BundleException, IOException {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no OSGi framework on the class path of the"
                        + " tests, expected one: add org.apache.felix:org.apache.felix.framework to the dependencies"));
        LiveFramework made = new LiveFramework(factory.newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, folder.resolve("storage").toString(),
                "felix.bootdelegation.implicit", "false")));
        made.framework.start();
        try {
            made.fill(folder, more);
        } catch (BundleException | IOException | RuntimeException | AssertionError e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void fill(Path folder, Collection<Path> more) throws BundleException, IOException {
        for (String name : BUNDLES) {
            install(ClassPath.bundle(name));
        }
        for (Path bundle : more) {
            install(bundle);
        }
        install(BundleJar.of("aio.testkit.probe", LoopProbe.class).with(EchoProtocol.class)
                .write(folder.resolve("probe.jar")));
        for (Bundle bundle : context().getBundles()) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        probe = findProbe();
        Await.until("the default policy is current", () -> ask("policy").equals("default"));
    }

    @SuppressWarnings("unchecked") // the probe is registered so
    private Function<String, String> findProbe() {
        try {
            ServiceReference<?>[] found =
                    context().getServiceReferences(Function.class.getName(), "(" + LoopProbe.PROPERTY + "=true)");
            return (Function<String, String>) context().getService(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    /** Asks what {@link LoopProbe#apply} knows. */
    String ask(String question) {
        return probe.apply(question);
    }

    /** Returns the address of an echo server on the shared loop. */
    InetSocketAddress echo() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ask("port")));
    }

    /** Returns what is refreshed with a bundle. */
    Collection<Bundle> refreshedWith(Bundle bundle) {
        return framework.adapt(FrameworkWiring.class).getDependencyClosure(List.of(bundle));
    }

    /** Uninstalls a bundle, and waits until the framework has let go of it. */
    void remove(Bundle bundle) throws BundleException, InterruptedException {
        bundle.uninstall();
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        if (!refreshed.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the framework has not refreshed " + bundle + " within 20 s");
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the framework stops", e);
        }
    }
}
