package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of a release fit together: the BOM has all of them, and none of them needs what is left out. */
class PublishedTest {
    private static final int COLUMNS = 120;
    private static final Pattern OURS = Pattern.compile("<dependency><groupId>(?:io\\.github\\.aio-osgi|"
            + "\\$\\{project\\.groupId})</groupId><artifactId>([^<]+)</artifactId><version>\\$\\{project\\.version}"
            + "</version>(?!<scope>(?:test|provided)<)");

    private static final Pattern LITERAL =
            Pattern.compile("<artifactId>[^<]+</artifactId><version>[0-9][^<]*</version>");

    @Test
    void bomHasEveryModuleThatIsPublished_inTheVersionOfAll() throws IOException {
        List<Published> all = Published.all();
        Published bom = all.stream().filter(each -> each.artifact().equals("aio-bom")).findFirst().orElseThrow();

        Set<String> published = new TreeSet<>(all.stream().map(Published::artifact).toList());
        published.removeAll(Set.of("aio-bom", "aio-parent", "aio-index"));
        assertThat(named(bom.folder())).isEqualTo(published);
        assertThat(all).allMatch(each -> each.version().equals(bom.version()));
    }

    @Test
    void whatIsPublished_needsOnlyWhatIsPublished() throws IOException {
        List<Published> all = Published.all();
        List<String> published = all.stream().map(Published::artifact).toList();
        for (Published module : all) {
            assertThat(published).as("what %s needs", module.artifact()).containsAll(named(module.folder()));
        }
    }

    /** What Maven Central asks for; the rest is inherited. */
    @Test
    void whatIsPublished_hasANameAndADescription() throws IOException {
        for (Published module : Published.all()) {
            assertThat(Files.readString(module.folder().resolve("pom.xml"))).as(module.artifact())
                    .contains("<name>", "<description>");
        }
    }

    /** A generated project has no parent that would tell it versions, so they are repeated in it. */
    @Test
    void whatIsGenerated_namesTheVersionsOfThisBuild() throws IOException {
        List<Published> all = Published.all();
        String parent = Files.readString(all.get(0).folder().resolve("pom.xml"));
        for (Published archetype : archetypes(all)) {
            String pom = Files.readString(
                    archetype.folder().resolve("src/main/resources/archetype-resources/pom.xml"));
            List<String> versions = LITERAL.matcher(pom).results().map(MatchResult::group).toList();
            assertThat(versions).hasSizeGreaterThan(5);
            assertThat(versions).as(archetype.artifact()).allMatch(parent::contains);
        }
    }

    /** The style of the build cannot be asked: templates are no Java yet. */
    @Test
    void whatIsGenerated_hasNoLongLines() throws IOException {
        for (Published archetype : archetypes(Published.all())) {
            Path sources = archetype.folder().resolve("src/main/resources/archetype-resources/src");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readAllLines(file)).as("%s", file)
                            .isNotEmpty().allMatch(line -> line.length() <= COLUMNS);
                }
            }
        }
    }

    private static List<Published> archetypes(List<Published> all) {
        return all.stream().filter(each -> each.artifact().endsWith("-archetype")).toList();
    }

    private static Set<String> named(Path folder) throws IOException {
        Set<String> named = new TreeSet<>();
        OURS.matcher(Files.readString(folder.resolve("pom.xml"))).results()
                .forEach(dependency -> named.add(dependency.group(1)));
        return named;
    }
}
