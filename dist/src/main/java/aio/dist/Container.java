package aio.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** The framework with its bundles. Confined to the main thread, except {@link #close}. */
final class Container implements AutoCloseable {
    private static final long UP_SECONDS = 30;
    private static final long DOWN_MILLIS = 10_000;
    private static final String SESSION = "(aio.dist=session)";
    private static final List<String> COMMANDS = List.of(
            "(&(osgi.command.scope=aio)(osgi.command.function=start))",
            "(&(osgi.command.scope=policy)(osgi.command.function=list))",
            "(&(osgi.command.scope=loop)(osgi.command.function=list))");

    private final Framework framework;
    private final @Nullable Path temporary;
    private final List<String> problems = new ArrayList<>();
    private long deadlineNanos;
    private volatile boolean closing;

    private Container(Framework framework, @Nullable Path temporary) {
        this.framework = framework;
        this.temporary = temporary;
    }

    /** Prepares a framework; nothing is started yet. */
    static Container create(Options options, boolean terminal) throws IOException {
        Path kept = options.storage();
        Path temporary = kept == null ? Files.createTempDirectory("aio-") : null;
        Map<String, String> configuration = new HashMap<>(options.ports());
        configuration.put(Constants.FRAMEWORK_STORAGE, (kept == null ? temporary : kept).toString());
        configuration.put("felix.log.level", "1");
        // the shell tells of components that fail, in one line instead of a stack trace; -Dds.loglevel=error shows
        // these
        configuration.put("ds.loglevel", System.getProperty("ds.loglevel", "0"));
        // the session is ours; the commands of this bundle are what is wanted of it
        configuration.put("gosh.args", "--quiet --nointeractive --noshutdown");
        configuration.put("aio.dist.terminal", Boolean.toString(terminal));
        if (options.script() != null) {
            configuration.put("aio.dist.script", options.script());
        }
        return new Container(new FrameworkFactory().newFramework(configuration), temporary);
    }

    /** Starts the framework and its bundles, and waits until the commands are there. */
    void start() throws BundleException, IOException, InterruptedException {
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS);
        framework.init();
        List<Bundle> toStart = install(framework.getBundleContext());
        framework.start();
        for (Bundle bundle : toStart) {
            start(bundle);
        }
        for (String filter : COMMANDS) {
            if (await(filter) == null) {
                problems.add("no command " + filter + " after " + UP_SECONDS + " s");
            }
        }
    }

    /** Returns what went wrong at the start. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Installs what is not there yet; answers what of it is to be started. */
    private List<Bundle> install(BundleContext context) throws BundleException, IOException {
        List<Bundle> toStart = new ArrayList<>();
        for (String line : list()) {
            String[] words = line.split(" ");
            URL url = Container.class.getResource("/bundles/" + words[1] + ".jar");
            if (url == null) {
                throw new IOException("bundle '" + words[1] + "' is not in the jar: build it again");
            }
            // a location that can be read again, so that a bundle can be updated without naming a file
            Bundle present = context.getBundle(url.toString());
            if (present != null) {
                continue;
            }
            Bundle bundle = context.installBundle(url.toString());
            if (words[0].equals("start")) {
                toStart.add(bundle);
            }
        }
        return toStart;
    }

    private static List<String> list() throws IOException {
        try (InputStream in = Container.class.getResourceAsStream("bundles.list");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    private void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            problems.add(bundle.getSymbolicName() + " [" + bundle.getBundleId() + "] does not start: " + e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause()));
        }
    }

    /** Waits for a service; all waiting together takes no longer than the time that there is to come up. */
    private @Nullable Object await(String filter) throws InterruptedException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        BundleContext context = framework.getBundleContext();
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

    /** Runs the commands; answers the exit code. */
    int runSession() throws Exception {
        Object session = await(SESSION);
        if (session == null) {
            throw new IllegalStateException("the shell is not there after " + UP_SECONDS + " s");
        }
        return (Integer) ((Callable<?>) session).call();
    }

    /** Waits until the framework has stopped; answers whether somebody else than {@link #close} did it. */
    boolean awaitForeignStop() throws InterruptedException {
        framework.waitForStop(0);
        return !closing;
    }

    /** Stops the framework, and deletes its storage unless it is to be kept. Idempotent. */
    @Override
    public synchronized void close() {
        closing = true;
        try {
            framework.stop();
            framework.waitForStop(DOWN_MILLIS);
            deleteTemporary();
        } catch (BundleException | IOException e) {
            System.err.println("warning: the framework did not stop cleanly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteTemporary() throws IOException {
        if (temporary == null || !Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
