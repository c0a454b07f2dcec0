package aio.policy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The names that documents and the dashboard use are those that are exported. */
@Timeout(60)
class DocumentedNamesTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolveSibling("docs");
    private static final Pattern NAME = Pattern.compile("aio_[a-z0-9_]+");
    private static final Pattern EXPORTED = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final int LEAST_PANELS = 12;

    private static Set<String> exported() {
        String text = new Exposition().loops(EventLoops.loopDirectory().loops())
                .statistics(EventLoops.loopDirectory().statistics())
                .policies(EventLoops.policyDirectory().policies(), EventLoops.policyDirectory().history())
                .loads(EventLoops.loopDirectory().loads()).toString();
        return names(EXPORTED, text, 1);
    }

    private static Set<String> names(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void document_namesAllThatIsExported_andNothingElse() throws IOException {
        Set<String> named = names(NAME, Files.readString(DOCS.resolve("monitoring.md")), 0);
        named.removeIf(name -> name.endsWith("_bucket"));
        assertThat(named).isEqualTo(exported());
    }

    @Test
    void dashboard_asksForWhatIsExported() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DOCS.resolve("monitoring/grafana.json").toFile());
        assertThat(dashboard.get("panels").size()).isGreaterThanOrEqualTo(LEAST_PANELS);
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                String asked = target.get("expr").asText();
                Set<String> names = names(NAME, asked, 0).stream()
                        .map(name -> name.replaceFirst("_bucket$", "")).collect(Collectors.toSet());
                assertThat(names).as(panel.get("title").asText()).isNotEmpty();
                assertThat(exported()).as(asked).containsAll(names);
            }
        }
    }
}
