package aio.testkit.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.platform.commons.support.ReflectionSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/** Makes a bundle of classes that are on the class path, for tests. It imports all packages of the API. One thread. */
public final class BundleJar {
    private static final String IMPORTS = "aio,aio.link,aio.loop,aio.policy,aio.process,aio.spi,aio.transport,"
            + "org.osgi.framework,org.jspecify.annotations;resolution:=optional";

    private final Manifest manifest = new Manifest();
    private final Set<String> entries = new TreeSet<>();

    private BundleJar(String name, Class<? extends BundleActivator> activator) {
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        add(activator);
    }

    /** Makes one with a symbolic name and an activator, whose class and nested classes it has. */
    public static BundleJar of(String name, Class<? extends BundleActivator> activator) {
        return new BundleJar(name, activator);
    }

    /** Adds a class and its nested classes. */
    public BundleJar with(Class<?> type) {
        add(type);
        return this;
    }

    /** Adds all classes of the package of a class, and of packages inside it. */
    public BundleJar withPackageOf(Class<?> type) {
        ReflectionSupport.findAllClassesInPackage(type.getPackageName(), any -> true, any -> true)
                .forEach(found -> entries.add(entry(found)));
        return this;
    }

    private void add(Class<?> type) {
        entries.add(entry(type));
        for (Class<?> nested : type.getDeclaredClasses()) {
            add(nested);
        }
    }

    private static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** Writes it; returns the file. */
    public Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String entry : entries) {
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = BundleJar.class.getClassLoader().getResourceAsStream(entry)) {
                    if (in == null) {
                        throw new IllegalStateException("the class path has no " + entry);
                    }
                    in.transferTo(jar);
                }
            }
        }
        return file;
    }
}
