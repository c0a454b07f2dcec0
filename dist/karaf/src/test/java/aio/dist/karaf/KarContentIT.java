package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The KAR holds everything that its features name, so that they install without a network. */
class KarContentIT {
    private static final Pattern BUNDLE = Pattern.compile("mvn:([^/<]+)/([^/<]+)/([^/<]+)</bundle>");
    private static final Pattern AUTO = Pattern.compile("<feature name=\"([^\"]+)\"[^>]* install=\"auto\"");

    @Test
    void everyBundleOfTheFeatures_isInTheKar_andNothingElse() throws Exception {
        try (ZipFile kar = new ZipFile(System.getProperty("aio.kar"))) {
            List<String> named = BUNDLE.matcher(features(kar)).results().map(KarContentIT::path).toList();
            List<String> jars =
                    kar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".jar")).toList();
            assertThat(named).hasSizeGreaterThan(8);
            assertThat(jars).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private static String features(ZipFile kar) throws Exception {
        ZipEntry xml = kar.stream().filter(entry -> entry.getName().endsWith("-features.xml")).findFirst()
                .orElseThrow();
        return new String(kar.getInputStream(xml).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String path(MatchResult bundle) {
        return "repository/" + bundle.group(1).replace('.', '/') + "/" + bundle.group(2) + "/" + bundle.group(3) + "/"
                + bundle.group(2) + "-" + bundle.group(3) + ".jar";
    }

    @Test
    void consoleComesFirst_onlyItAndTheCoreInstallThemselves() throws Exception {
        try (ZipFile kar = new ZipFile(System.getProperty("aio.kar"))) {
            assertThat(AUTO.matcher(features(kar)).results().map(feature -> feature.group(1)))
                    .containsExactly("aio-console", "aio");
            assertThat(features(kar)).doesNotContain("${");
        }
    }
}
