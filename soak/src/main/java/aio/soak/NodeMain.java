package aio.soak;

import aio.soak.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A process with a Felix in it: takes orders, a line each, and replies with a line each, until its input ends. */
final class NodeMain {
    private static final List<String> BUNDLES = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.configadmin", "org.apache.felix.scr", "aio-policy-api",
            "aio-policy-core", "aio-policy-default");
    private static final Logger CHANGES = Logger.getLogger("aio.policy"); // kept, or its level is lost with it
    private static final long STOP_MILLIS = 30_000;

    private NodeMain() {}

    /** Arguments: the folder with the certificate and the bundles, and the bundle of the soak. */
    public static void main(String[] args) throws Exception {
        // of thousands of swaps, and of loops that are late on a busy machine; losses and what stays behind are counted
        CHANGES.setLevel(Level.SEVERE);
        Path folder = Path.of(args[0]);
        Framework framework = start(folder);
        try {
            serve(framework.getBundleContext(), folder, Path.of(args[1]));
        } finally {
            framework.stop(); // or its threads keep a process alive that cannot serve
        }
        framework.waitForStop(STOP_MILLIS);
    }

    private static void serve(BundleContext context, Path folder, Path node) throws Exception {
        for (String artifact : BUNDLES) {
            start(context, folder.resolve("bundles").resolve(artifact + ".jar"));
        }
        start(context, node);
        answer(orders(context));
    }

    private static Framework start(Path folder) throws BundleException {
        Framework framework = new FrameworkFactory().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, folder.resolve("storage").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                Node.FOLDER, folder.toString(),
                "felix.log.level", "1"));
        framework.start();
        return framework;
    }

    private static void start(BundleContext context, Path jar) throws BundleException {
        context.installBundle(jar.toUri().toString()).start();
    }

    @SuppressWarnings("unchecked") // the only place that knows the type of what the node registers
    private static Function<String, String> orders(BundleContext context) throws InvalidSyntaxException {
        ServiceReference<?> reference = context.getServiceReferences(Function.class, "(soak=node)").iterator().next();
        return (Function<String, String>) context.getService(reference);
    }

    private static void answer(Function<String, String> node) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String order = lines.readLine(); order != null; order = lines.readLine()) {
                System.out.println(node.apply(order));
            }
        }
    }
}
