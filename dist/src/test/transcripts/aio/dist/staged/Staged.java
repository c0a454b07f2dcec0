package aio.dist.staged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Maven repository in a folder, with one version of aio. Immutable.
 *
 * @param repository the folder
 * @param version the version
 */
public record Staged(Path repository, String version) {
    private static final String GROUP = "io/github/aio-osgi";

    /** Takes the one version of the parent for that of all. */
    public static Staged in(Path repository) throws IOException {
        try (Stream<Path> versions = Files.list(repository.resolve(GROUP).resolve("aio-parent"))) {
            List<String> all = versions.filter(Files::isDirectory).map(each -> each.getFileName().toString()).toList();
            assertThat(all).as("versions staged in %s", repository).hasSize(1);
            return new Staged(repository, all.get(0));
        }
    }

    /** Takes the folder that a system property names, and expects that there is one. */
    public static Staged named(String property) throws IOException {
        String folder = System.getProperty(property, "");
        assertThat(folder).as("a folder that release/stage has made, as -D%s=FOLDER", property).isNotBlank();
        return in(Path.of(folder));
    }

    /** Returns a file of an artifact, by what stands after the version; a snapshot has its time in names. */
    public Path file(String artifact, String ending) throws IOException {
        String number = version.replace("-SNAPSHOT", "");
        Pattern name = Pattern.compile(Pattern.quote(artifact + "-" + number) + "(-SNAPSHOT|-\\d{8}\\.\\d{6}-\\d+)?"
                + Pattern.quote(ending));
        Path folder = repository.resolve(GROUP).resolve(artifact).resolve(version);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
            assertThat(all).as("%s in %s", name, folder).hasSize(1);
            return all.get(0);
        }
    }

    /** Returns the version as bundles have it. */
    public String bundleVersion() {
        return version.replace('-', '.');
    }
}
