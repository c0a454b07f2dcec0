package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Felix as its distribution is laid out, in a directory, with the bundles that docs/install.md names for File
 * Install.
 */
final class PlainFelix {
    /** The module dist, which has the bundles. */
    static final Path MODULE =
            Path.of(System.getProperty("aio.dist", System.getProperty("basedir", ""))).toAbsolutePath().normalize();
    private static final Path BUNDLES = MODULE.resolve("target/bundles");
    private static final Path STOCK = MODULE.resolve("target/stock");
    private static final String INSTALL = "docs/install.md";
    private static final Pattern NAMED = Pattern.compile("(?s)<!-- bundles: (\\w+) -->\n```\n(.*?)\n```");

    private static final Pattern PROPERTIES =
            Pattern.compile("(?s)<!-- properties: conf/config.properties -->\n```\n(.*?)\n```");

    private final Path home;

    private PlainFelix(Path home) {
        this.home = home;
    }

    /** Prepares one that has been unpacked and not been started yet, with its folder {@code load} empty. */
    static PlainFelix in(Path home) throws IOException {
        for (String folder : List.of("bin", "bundle", "conf", "load", "incoming")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.copy(STOCK.resolve("org.apache.felix.main.jar"), home.resolve("bin/felix.jar"));
        PlainFelix felix = new PlainFelix(home);
        felix.addNamed(INSTALL);
        Files.write(home.resolve("conf/config.properties"), List.of(
                "felix.auto.deploy.action=install,start",
                "felix.log.level=1",
                "felix.fileinstall.poll=200",
                "gosh.args=--quiet"));
        return felix;
    }

    /** Returns the jars of the bundles that a document names for a folder, in the versions that it names. */
    private static List<Path> named(String document, String folder) throws IOException {
        Matcher block = NAMED.matcher(Files.readString(MODULE.resolveSibling(document)));
        while (block.find()) {
            if (block.group(1).equals(folder)) {
                List<Path> jars = new ArrayList<>();
                for (String coordinates : block.group(2).split("\n")) {
                    jars.add(jar(coordinates));
                }
                return jars;
            }
        }
        throw new AssertionError(document + " names no bundles for the folder '" + folder + "'");
    }

    private static Path jar(String coordinates) throws IOException {
        String[] parts = coordinates.split(":");
        assertThat(parts).as("group, artifact and version in: " + coordinates).hasSize(3);
        Path other = STOCK.resolve(parts[1] + "-" + parts[2] + ".jar"); // of what there are two versions
        Path jar = Files.exists(other) ? other : jarOf(parts[1]);
        try (JarFile bundle = new JarFile(jar.toFile())) {
            assertThat(bundle.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .as("version of what a document calls " + coordinates)
                    .startsWith(parts[2].replace('-', '.'));
        }
        return jar;
    }

    private static Path jarOf(String artifact) {
        Path jar = BUNDLES.resolve(artifact + ".jar");
        return Files.exists(jar) ? jar : STOCK.resolve(artifact + ".jar");
    }

    /** Sets the properties of the framework that a document names, before it is started. */
    void setNamed(String document) throws IOException {
        Matcher block = PROPERTIES.matcher(Files.readString(MODULE.resolveSibling(document)));
        assertThat(block.find()).as(document + " names properties").isTrue();
        Files.write(home.resolve("conf/config.properties"), block.group(1).lines().toList(), StandardOpenOption.APPEND);
    }

    /** Sets a property of the framework, before it is started. */
    void set(String property, String value) throws IOException {
        Path file = home.resolve("conf/config.properties");
        Files.write(file, List.of(property + "=" + value), StandardOpenOption.APPEND);
    }

    /** Returns the present text of a file that was dropped. */
    String text(String name) throws IOException {
        return Files.readString(home.resolve("load").resolve(name), StandardCharsets.ISO_8859_1);
    }

    RunningContainer start() throws IOException {
        return start(List.of());
    }

    /** Starts it, with something before its command. */
    RunningContainer start(List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(RunningContainer.java(home.resolve("bin/felix.jar")));
        return new RunningContainer(new ProcessBuilder(command).directory(home.toFile()));
    }

    /** Starts Equinox instead, with the same bundles and the same folder. */
    RunningContainer startEquinox() throws IOException {
        Path configuration = Files.createDirectories(home.resolve("configuration"));
        StringJoiner bundles = new StringJoiner(",");
        for (Path bundle : named(INSTALL, "bundle")) {
            bundles.add("reference:file:" + home.resolve("bundle").resolve(bundle.getFileName()) + "@start");
        }
        Files.write(configuration.resolve("config.ini"), List.of(
                "osgi.bundles=" + bundles,
                "eclipse.ignoreApp=true",
                "osgi.noShutdown=true",
                "felix.fileinstall.poll=200",
                "gosh.args=--quiet"));
        List<String> command = RunningContainer.java(STOCK.resolve("org.eclipse.osgi.jar"));
        command.addAll(List.of("-configuration", configuration.toString()));
        return new RunningContainer(new ProcessBuilder(command).directory(home.toFile()));
    }

    /** Puts what a document names for the folder {@code bundle} there, before the start. */
    void addNamed(String document) throws IOException {
        for (Path bundle : named(document, "bundle")) {
            Files.copy(bundle, home.resolve("bundle").resolve(bundle.getFileName()));
        }
    }

    /** Drops what docs/install.md names. */
    void dropNamed() throws IOException {
        dropNamed(INSTALL);
    }

    /** Drops what a document names. */
    void dropNamed(String document) throws IOException {
        for (Path bundle : named(document, "load")) {
            drop(bundle);
        }
    }

    /** Drops the bundle of an artifact. */
    void dropBundle(String artifact) throws IOException {
        drop(jarOf(artifact));
    }

    /** Drops a copy of a file. */
    void drop(Path file) throws IOException {
        drop(file, file.getFileName().toString());
    }

    /** Drops a copy of a file by another name, or replaces the file of that name. */
    void drop(Path file, String name) throws IOException {
        appear(Files.copy(file, home.resolve("incoming").resolve(name)));
    }

    /** Drops a file of configuration, or replaces it. */
    void dropText(String name, String text) throws IOException {
        appear(Files.writeString(home.resolve("incoming").resolve(name), text));
    }

    /** Readers must never see half a file. */
    private void appear(Path incoming) throws IOException {
        Files.move(incoming, home.resolve("load").resolve(incoming.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String name) throws IOException {
        Files.delete(home.resolve("load").resolve(name));
    }
}
