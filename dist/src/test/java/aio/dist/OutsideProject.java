package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The project in {@code examples/outside}, as it is for a developer without this repository: copied, and built. */
final class OutsideProject {
    /** The tests in Karaf find the bundles here, too. */
    private static final Path WORK = Path.of(System.getProperty("basedir", ""), "target", "outside").toAbsolutePath();
    private static final Path SOURCES = WORK.resolve("../../../examples/outside").normalize();

    private final ForeignMaven maven;

    private OutsideProject(ForeignMaven maven) {
        this.maven = maven;
    }

    /** Forgets what was built before. */
    static OutsideProject clean() throws IOException {
        return new OutsideProject(ForeignMaven.in(WORK));
    }

    /** Builds one version; returns its bundle. */
    Path build(String version, String... options) throws Exception {
        Path project = WORK.resolve(version);
        copy(project);
        Path pom = project.resolve("pom.xml");
        String text = Files.readString(pom);
        assertThat(text).contains("<version>1.0</version>");
        Files.writeString(pom, text.replace("<version>1.0</version>", "<version>" + version + "</version>"));
        String[] arguments = Arrays.copyOf(options, options.length + 1);
        arguments[options.length] = "package";
        maven.run(project, arguments);
        return project.resolve("target/careful-policy-" + version + ".jar");
    }

    private static void copy(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(file -> !file.startsWith(SOURCES.resolve("target"))).toList()) {
                Path target = project.resolve(SOURCES.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Returns what Maven has printed. */
    String log(String version) throws IOException {
        return Files.readString(WORK.resolve(version).resolve(ForeignMaven.LOG));
    }

    /** Returns where each file of aio came from. */
    List<String> origins() throws IOException {
        return maven.origins();
    }
}
