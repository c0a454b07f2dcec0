package aio.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Makes bundles of classes of {@code aio.itest.probe}: each bundle has classes of its own. */
final class GeneratedBundle {
    private static final String IMPORTS =
            "org.osgi.framework,aio,aio.loop,aio.policy,aio.spi,aio.transport,aio.process";

    private GeneratedBundle() {}

    /** Installs a bundle with an activator and its nested classes. */
    static Installed install(String name, Class<? extends BundleActivator> activator)
            throws IOException, BundleException {
        return install(name, activator, Map.of());
    }

    /** Installs as {@link #install(String, Class)}, with more headers. */
    static Installed install(String name, Class<? extends BundleActivator> activator, Map<String, String> headers)
            throws IOException, BundleException {
        return Installed.of(name, new ByteArrayInputStream(jar(name, activator, headers)));
    }

    private static byte[] jar(String name, Class<?> activator, Map<String, String> more) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        more.forEach(headers::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (URL entry : entries(activator)) {
                jar.putNextEntry(new JarEntry(entry.getPath().substring(1)));
                try (InputStream in = entry.openStream()) {
                    in.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static List<URL> entries(Class<?> type) {
        String folder = type.getPackageName().replace('.', '/');
        List<URL> found = Collections.list(
                Framework.context().getBundle().findEntries(folder, type.getSimpleName() + "*.class", false));
        if (found.isEmpty()) {
            throw new AssertionError("no class " + type.getName() + " in the bundle of the tests");
        }
        return found;
    }
}
