package aio.bench.swap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * A Felix in this process, with bundles of its own: its classes of aio are not those on the class path of the
 * benchmark. One thread.
 */
final class Container implements AutoCloseable {
    private static final List<String> RUNTIME = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.configadmin", "org.apache.felix.scr", "aio-policy-api");
    private static final String PROBE_PACKAGE = "aio.bench.swap.probe";
    private static final List<String> PROBE_CLASSES =
            List.of("NoLoops", "PlainPolicy", "Probe", "Probe$1", "Rebinding", "package-info");
    private static final String REBINDING = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="rebinding" immediate="true">
              <implementation class="aio.bench.swap.probe.Rebinding"/>
              <service><provide interface="java.util.function.Supplier"/></service>
              <reference name="policy" interface="aio.policy.EventLoopPolicy" cardinality="0..1" policy="dynamic"
                  policy-option="greedy" bind="bind" unbind="unbind"/>
            </scr:component>
            """;
    private static final long STOP_MILLIS = 10_000;

    private final Framework framework;
    private final Path storage;
    private final BundleContext probeContext;
    private final Function<String, Object> probe;

    private Container(Framework framework, Path storage, boolean rebinding) throws Exception {
        this.framework = framework;
        this.storage = storage;
        for (String artifact : RUNTIME) {
            start(artifact);
        }
        Bundle bundle = framework.getBundleContext()
                .installBundle("bench:probe", new ByteArrayInputStream(probeJar(rebinding)));
        bundle.start();
        probeContext = bundle.getBundleContext();
        probe = newProbe(bundle);
    }

    @SuppressWarnings("unchecked") // the only place that knows the type of the probe
    private static Function<String, Object> newProbe(Bundle bundle) throws ReflectiveOperationException {
        return (Function<String, Object>) bundle.loadClass(PROBE_PACKAGE + ".Probe")
                .getConstructor(BundleContext.class).newInstance(bundle.getBundleContext());
    }

    /** Starts one that has the API and what components need; {@code rebinding} adds the component that is the peer. */
    static Container open(boolean rebinding) throws Exception {
        Path storage = Files.createTempDirectory("aio-bench-");
        Framework framework = new FrameworkFactory().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, storage.toString(),
                "felix.log.level", "1",
                "ds.loglevel", "1"));
        framework.start();
        return new Container(framework, storage, rebinding);
    }

    /** Asks the probe, see {@link aio.bench.swap.probe.Probe}. */
    Object ask(String wanted) {
        return probe.apply(wanted);
    }

    /** Returns the context of a bundle that sees the API. */
    BundleContext context() {
        return probeContext;
    }

    /** Installs and starts one of the bundles that are on the class path. */
    Bundle start(String artifact) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(location(artifact));
        bundle.start();
        return bundle;
    }

    private static String location(String artifact) {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar");
        String folder = artifact.replaceFirst("^aio-", "").replace('-', '.');
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (jar.matcher(path.getFileName().toString()).matches()) {
                return path.toUri().toString();
            }
            if (path.endsWith(Path.of(folder, "target", "classes"))) {
                return "reference:" + path.toUri();
            }
        }
        throw new IllegalStateException("no bundle \"" + artifact + "\" on the class path: start this with bench/run");
    }

    private static byte[] probeJar(boolean rebinding) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "bench.probe");
        headers.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework,aio,aio.loop,aio.policy,aio.spi,"
                + "aio.transport,aio.process");
        if (rebinding) {
            headers.putValue("Service-Component", "rebinding.xml");
            headers.putValue(Constants.REQUIRE_CAPABILITY, "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            String folder = PROBE_PACKAGE.replace('.', '/') + "/";
            for (String name : PROBE_CLASSES) {
                jar.putNextEntry(new JarEntry(folder + name + ".class"));
                try (InputStream in = Container.class.getResourceAsStream("/" + folder + name + ".class")) {
                    in.transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("rebinding.xml"));
            jar.write(REBINDING.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws BundleException, InterruptedException, IOException {
        framework.stop();
        framework.waitForStop(STOP_MILLIS);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(storage)) {
            walk.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
