package aio.itest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** A bundle that a test installs for itself; uninstalled when closed. One thread. */
final class Installed implements AutoCloseable {
    private static long count;

    private final String artifact;
    private final Bundle bundle;

    private Installed(String artifact, Bundle bundle) {
        this.artifact = artifact;
        this.bundle = bundle;
    }

    /** Installs a jar of the tests at a location that was never used before. */
    static Installed of(String artifact) {
        return new Installed(artifact, Framework.install(artifact, location(artifact)));
    }

    static Installed winselector() {
        return of("aio-policy-winselector");
    }

    static Installed of(String name, InputStream jar) throws BundleException {
        return new Installed(name, Framework.context().installBundle(location(name), jar));
    }

    private static synchronized String location(String name) {
        return "itest:" + name + "/" + ++count;
    }

    Bundle bundle() {
        return bundle;
    }

    long id() {
        return bundle.getBundleId();
    }

    /** Returns the name of the bundle as loops and people use it. */
    String name() {
        return bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
    }

    void start() throws BundleException {
        bundle.start();
    }

    void stop() throws BundleException {
        bundle.stop();
    }

    void update() throws BundleException, IOException {
        try (InputStream in = Framework.jar(artifact)) {
            bundle.update(in);
        }
    }

    WeakReference<ClassLoader> classLoader() {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
        Framework.refresh(bundle);
    }
}
