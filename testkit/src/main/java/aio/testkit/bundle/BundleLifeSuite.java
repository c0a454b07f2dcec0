package aio.testkit.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.Await;
import aio.testkit.Cases;
import aio.testkit.NotInAsyncio;
import aio.testkit.net.Traffic;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The life of a policy's bundle, for its author: extend this class, and return the jar and the name of the policy.
 *
 * <pre>{@code
 * class CarefulLifeIT extends BundleLifeSuite {
 *     @Override
 *     protected Path bundle() {
 *         return Path.of("target", "careful-policy-1.0.jar");
 *     }
 *
 *     @Override
 *     protected String policy() {
 *         return "careful";
 *     }
 * }
 * }</pre>
 *
 * <p>Each test starts a framework in this process with API, core, Declarative Services and the default policy, all from
 * the class path of the tests, and a server on the shared loop. It takes some seconds. What the class path must have
 * says {@code docs/testkit.md}; the message of a failure says what is missing.
 */
@Timeout(120)
@Isolated("counts threads and descriptors of the process")
@ExtendWith(Cases.class)
@NotInAsyncio("a policy is no bundle")
public abstract class BundleLifeSuite {
    private static final int CLIENTS = 8;
    private static final int LIVES = 2;

    @TempDir
    Path folder;

    /** For subclasses. */
    protected BundleLifeSuite() {}

    /** Returns the jar of the bundle. */
    protected abstract Path bundle();

    /** Returns the name of the policy that it brings: its service property {@code aio.policy.name}. */
    protected abstract String policy();

    /** Returns the jars of further bundles that it needs; none as long as this is not overridden. */
    protected Collection<Path> more() {
        return List.of();
    }

    /** Returns the jar of a bundle that is on the class path of the tests, by its symbolic name. */
    protected static Path onClassPath(String symbolicName) {
        return ClassPath.bundle(symbolicName);
    }

    private LiveFramework framework() throws BundleException, IOException {
        return LiveFramework.start(folder, more());
    }

    private void awaitCurrent(LiveFramework framework, Bundle bundle) {
        String engine = Long.toString(bundle.getBundleId());
        awaitReply(framework, "policy", policy());
        awaitReply(framework, "engine", engine);
    }

    private static void awaitReply(LiveFramework framework, String question, String expected) {
        if (!Await.becomesTrue(Await.PATIENCE, () -> framework.ask(question).equals(expected))) {
            throw new AssertionError("the " + question + " of the framework is \"" + framework.ask(question)
                    + "\", expected \"" + expected + "\"");
        }
    }

    private static void awaitGone(LiveFramework framework, Bundle bundle) {
        awaitReply(framework, "policy", "default");
        Await.until("no loop has its engine from " + bundle,
                () -> !framework.ask("engine").equals(Long.toString(bundle.getBundleId())));
    }

    /** Installs, starts, stops, starts again, updates and uninstalls it, under connections that check every byte. */
    @Test
    void comes_isUpdated_andGoes_andNoConnectionNotices() throws Exception {
        try (LiveFramework framework = framework()) {
            Traffic clients = Traffic.start(framework.echo(), CLIENTS);
            clients.awaitProgress();
            Bundle bundle = framework.install(bundle());
            bundle.start();
            awaitCurrent(framework, bundle);
            clients.awaitProgress();
            bundle.stop();
            awaitGone(framework, bundle);
            clients.awaitProgress();
            bundle.start();
            awaitCurrent(framework, bundle);
            bundle.update();
            awaitCurrent(framework, bundle);
            clients.awaitProgress();
            framework.remove(bundle);
            awaitGone(framework, bundle);
            clients.awaitProgress();
            clients.stop();
            assertThat(framework.ask("lost")).as("connections that the loop has lost").isEqualTo("0");
        }
    }

    /** Another bundle that is refreshed with it would stop and start at its every update. */
    @Test
    void itsUpdate_refreshesNoOtherBundle() throws Exception {
        try (LiveFramework framework = framework()) {
            Bundle bundle = framework.install(bundle());
            bundle.start();
            awaitCurrent(framework, bundle);
            assertThat(framework.refreshedWith(bundle)).as("what is refreshed with %s", bundle).containsExactly(bundle);
        }
    }

    /** Several lives, each with connections; the first shows what the framework and the JVM keep for good. */
    @Test
    void uninstalled_itLeavesNoThread_noDescriptor_noClassLoader() throws Exception {
        try (LiveFramework framework = framework()) {
            live(framework);
            Remains before = new Remains();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int life = 0; life < LIVES; life++) {
                loaders.add(live(framework));
            }
            before.assertNoThread();
            before.assertNoDescriptor();
            Remains.assertCollected(loaders);
        }
    }

    private WeakReference<ClassLoader> live(LiveFramework framework) throws Exception {
        Traffic clients = Traffic.start(framework.echo(), CLIENTS);
        clients.awaitProgress();
        Bundle bundle = framework.install(bundle());
        bundle.start();
        awaitCurrent(framework, bundle);
        clients.awaitProgress();
        WeakReference<ClassLoader> loader =
                new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        framework.remove(bundle);
        awaitGone(framework, bundle);
        clients.stop();
        awaitReply(framework, "connections", "0");
        return loader;
    }
}
