package aio.dist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The framework with its bundles. Confined to the main thread, except for {@link #close}, which may come at any moment:
 * it ends what has been done so far, and nothing is done after it.
 */
final class Container implements AutoCloseable {
    private static final long UP_SECONDS = 30;
    private static final long DOWN_MILLIS = 10_000;
    private static final String SESSION = "(aio.dist=session)";
    private static final String DRAIN = "(aio.dist=drain)";
    private static final List<String> COMMANDS = List.of(
            "(&(osgi.command.scope=aio)(osgi.command.function=start))",
            "(&(osgi.command.scope=policy)(osgi.command.function=list))",
            "(&(osgi.command.scope=loop)(osgi.command.function=list))");

    private final Options options;
    private final StandardInput input;
    private final List<String> problems = new ArrayList<>();
    private long deadlineNanos;
    private @Nullable Storage storage;
    private volatile @Nullable Framework framework;
    private volatile boolean closing;

    /** Prepares a container; nothing is done yet. */
    Container(Options options, StandardInput input) {
        this.options = options;
        this.input = input;
    }

    /** A part of the start, which the end waits for. */
    @FunctionalInterface
    private interface Part<T> {
        T run() throws BundleException, IOException;
    }

    private synchronized <T> T unlessClosing(Part<T> part) throws BundleException, IOException {
        if (closing) {
            throw new IllegalStateException("the container is ending");
        }
        return part.run();
    }

    /** Starts the framework and its bundles, and waits until the commands are available. */
    void start() throws BundleException, IOException, InterruptedException {
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS);
        Bundles bundles = unlessClosing(this::install);
        for (Bundle bundle : bundles.toStart()) {
            unlessClosing(() -> start(bundle));
        }
        unlessClosing(() -> {
            bundles.recordStarted();
            return bundles;
        });
        for (String filter : COMMANDS) {
            if (await(filter) == null) {
                problems.add("no command " + filter + " after " + UP_SECONDS + " s");
            }
        }
    }

    private Bundles install() throws BundleException, IOException {
        Storage opened = Storage.open(options.storage());
        storage = opened;
        Framework made = new FrameworkFactory().newFramework(configuration(opened));
        framework = made;
        made.init();
        Bundles bundles = new Bundles(made.getBundleContext(), opened.directory());
        bundles.publish();
        bundles.install();
        made.start();
        return bundles;
    }

    private Map<String, String> configuration(Storage opened) {
        Map<String, String> configuration = new HashMap<>(options.ports());
        configuration.put(Constants.FRAMEWORK_STORAGE, opened.directory().toString());
        configuration.put("felix.log.level", "1");
        // the shell reports components that fail, in one line instead of a stack trace; -Dds.loglevel=error shows these
        configuration.put("ds.loglevel", System.getProperty("ds.loglevel", "0"));
        // the session is the shell bundle's; only the commands of Gogo's bundle are wanted
        configuration.put("gosh.args", "--quiet --nointeractive --noshutdown");
        configuration.put("aio.dist.input", input.name());
        configuration.put("aio.dist.serve", Boolean.toString(options.serve()));
        configuration.put("aio.dist.drain.seconds", Integer.toString(options.drainSeconds()));
        if (options.script() != null) {
            configuration.put("aio.dist.script", options.script());
        }
        return configuration;
    }

    private boolean start(Bundle bundle) {
        try {
            bundle.start();
            return true;
        } catch (BundleException e) {
            return problems.add(bundle.getSymbolicName() + " [" + bundle.getBundleId() + "] does not start: "
                    + e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
        }
    }

    /** Returns the problems of the start. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Tells whether the end has begun: a failure after that is not reported. */
    boolean isClosing() {
        return closing;
    }

    private Framework framework() {
        Framework present = framework;
        if (present == null) {
            throw new IllegalStateException("the framework is not there yet");
        }
        return present;
    }

    /** Waits for a service; all waits together last no longer than the time for the start. */
    private @Nullable Object await(String filter) throws InterruptedException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        BundleContext context = framework().getBundleContext();
        if (context == null) {
            throw new IllegalStateException("the framework has stopped");
        }
        try {
            ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
            tracker.open(true);
            try {
                return tracker.waitForService(millis);
            } finally {
                tracker.close();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    /** Runs the commands; returns the exit code, or null if the container is to continue serving. */
    @Nullable Integer runSession() throws Exception {
        Object session = await(SESSION);
        if (session == null) {
            throw new IllegalStateException("the shell is not there after " + UP_SECONDS + " s");
        }
        return (Integer) ((Callable<?>) session).call();
    }

    /** Waits until the framework has stopped; returns whether something other than {@link #close} has stopped it. */
    boolean awaitForeignStop() throws InterruptedException {
        framework().waitForStop(0);
        return !closing;
    }

    /** Drains and stops the framework, and deletes its storage unless it is to be kept. Idempotent. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            try {
                Framework present = framework;
                if (present != null) {
                    drain(present);
                    stop(present);
                }
                if (storage != null) {
                    storage.close();
                }
            } catch (BundleException | IOException | RuntimeException | Error e) { // the JVM is to end all the same
                System.err.println("warning: the framework did not stop cleanly: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void stop(Framework present) throws BundleException, InterruptedException {
        try {
            present.stop();
        } catch (OutOfMemoryError e) { // Felix wants a thread for it, and there may be none
            stopHere(present);
            throw e;
        }
        if (present.waitForStop(DOWN_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            BundleContext context = present.getBundleContext();
            String running = context == null ? "" : Arrays.stream(context.getBundles())
                    .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STOPPING)) != 0)
                    .map(bundle -> bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]")
                    .collect(Collectors.joining(", "));
            System.err.println("warning: the framework has not stopped after " + DOWN_MILLIS / 1000
                    + " s, and is left behind with " + running);
        }
    }

    /** Stops all bundles on this thread, the last one first; one that fails keeps no other from being stopped. */
    private static void stopHere(Framework present) {
        Bundle[] bundles = present.getBundleContext().getBundles();
        for (int i = bundles.length - 1; i > 0; i--) {
            try {
                bundles[i].stop(Bundle.STOP_TRANSIENT);
            } catch (BundleException | RuntimeException | Error e) {
                System.err.println("warning: bundle " + bundles[i].getSymbolicName() + " did not stop cleanly: " + e);
            }
        }
    }

    /** Lets connections end by themselves where they can, if the command line asks for it. */
    private void drain(Framework present) {
        BundleContext context = present.getBundleContext();
        if (options.drainSeconds() == 0 || context == null) {
            return;
        }
        try {
            for (ServiceReference<?> drain : context.getServiceReferences(Runnable.class, DRAIN)) {
                if (context.getService(drain) instanceof Runnable draining) {
                    draining.run();
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(DRAIN, e);
        }
    }
}
