package aio.testkit.bundle;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** The bundles on the class path of the tests. */
final class ClassPath {

    private ClassPath() {}

    /** Returns the jar of a bundle, by its symbolic name. */
    static Path bundle(String name) {
        List<Path> folders = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                folders.add(path);
            } else if (entry.endsWith(".jar") && Files.exists(path) && name.equals(nameOf(path))) {
                return path.toAbsolutePath();
            }
        }
        throw new IllegalStateException("there is no jar of the bundle \"" + name + "\" on the class path of the"
                + " tests, expected one: add its artifact to the dependencies. A folder of classes is no bundle, so in"
                + " one build with that artifact these tests run after it is packed, as integration tests; folders"
                + " here: " + folders);
    }

    private static String nameOf(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String header = manifest == null ? null
                    : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            return header == null ? "" : header.split(";", 2)[0].trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
