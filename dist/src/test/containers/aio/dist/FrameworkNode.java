package aio.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** A node of a fleet as a framework of its own in this JVM, from the bundles of the build. Confined to one thread. */
public final class FrameworkNode implements AutoCloseable {
    private static final Path BUNDLES =
            Path.of(System.getProperty("aio.dist", System.getProperty("basedir", "")), "target", "bundles")
                    .toAbsolutePath().normalize();
    private static final List<String> STARTED = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.configadmin", "org.apache.felix.scr",
            "org.apache.felix.gogo.runtime", "aio-policy-api", "aio-policy-core", "aio-policy-default");
    private static final long SECONDS = 30;

    private final String name;
    private final Framework framework;

    private FrameworkNode(String name, Framework framework) {
        this.name = name;
        this.framework = framework;
    }

    /** Starts a framework, which knows what it knew in {@code storage}, with some more bundles. */
    public static FrameworkNode start(String name, Path storage, String... more) throws Exception {
        List<String> all = new ArrayList<>(STARTED);
        all.addAll(List.of(more));
        return start(name, storage, all);
    }

    /** Starts a framework with the bundles that it had. */
    public static FrameworkNode again(String name, Path storage) throws Exception {
        return start(name, storage, List.of());
    }

    private static FrameworkNode start(String name, Path storage, List<String> bundles) throws Exception {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put("felix.log.level", "1");
        Framework framework = new FrameworkFactory().newFramework(configuration);
        FrameworkNode node = new FrameworkNode(name, framework);
        framework.start();
        for (String bundle : bundles) {
            node.install(bundle);
        }
        return node;
    }

    void uninstall(String symbolicName) throws Exception {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
    }

    String name() {
        return name;
    }

    Bundle install(String bundle) throws Exception {
        Bundle installed = framework.getBundleContext()
                .installBundle(BUNDLES.resolve(bundle + ".jar").toUri().toString());
        installed.start();
        return installed;
    }

    /** Writes a configuration. */
    public void configure(String pid, Map<String, ?> properties) throws Exception {
        Object admin = service("(objectClass=org.osgi.service.cm.ConfigurationAdmin)");
        Object configuration = call(admin, "org.osgi.service.cm.ConfigurationAdmin", "getConfiguration", pid, "?");
        Dictionary<String, Object> dictionary = new Hashtable<>(properties);
        call(configuration, "org.osgi.service.cm.Configuration", "update", dictionary);
    }

    /** Runs a command; returns what it prints, or the message of its failure. */
    public String command(String line) throws Exception {
        Object processor = service("(objectClass=org.apache.felix.service.command.CommandProcessor)");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            Object session = call(processor, "org.apache.felix.service.command.CommandProcessor", "createSession",
                    new ByteArrayInputStream(new byte[0]), (OutputStream) printed, (OutputStream) printed);
            Object result = call(session, "org.apache.felix.service.command.CommandSession", "execute", line);
            if (result != null) {
                printed.println(call(session, "org.apache.felix.service.command.CommandSession", "format", result, 0));
            }
            call(session, "org.apache.felix.service.command.CommandSession", "close");
        } catch (IllegalArgumentException | IllegalStateException e) {
            return "error: " + e.getMessage();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    boolean hasService(String filter) throws Exception {
        ServiceReference<?>[] found = framework.getBundleContext().getAllServiceReferences(null, filter);
        return found != null;
    }

    private Object service(String filter) throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
        tracker.open(/* trackAllServices= */ true);
        try {
            Object found = tracker.waitForService(TimeUnit.SECONDS.toMillis(SECONDS));
            if (found == null) {
                throw new AssertionError("no service " + filter + " in " + name);
            }
            // held until the framework ends: a service that nobody holds is taken back
            return context.getService(tracker.getServiceReference());
        } finally {
            tracker.close();
        }
    }

    /** Calls a method of an interface that the framework's bundles have. */
    private static Object call(Object target, String type, String name, Object... arguments) throws Exception {
        Class<?> known = target.getClass().getClassLoader().loadClass(type);
        for (Method method : known.getMethods()) {
            if (method.getName().equals(name) && takes(method, arguments)) {
                try {
                    return method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
                }
            }
        }
        throw new NoSuchMethodException(type + "." + name);
    }

    private static boolean takes(Method method, Object... arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isInstance(arguments[i]) && types[i] != int.class) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (Exception e) {
            throw new IOException("the framework of " + name + " does not stop", e);
        }
    }
}
