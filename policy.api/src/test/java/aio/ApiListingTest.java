package aio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compares what is exported with the list of it, so that every change of the API is seen in its review. */
@Timeout(60)
class ApiListingTest {
    private static final Path BASELINE = Path.of("..", "cnf", "baseline", "policy.api.txt");
    private static final String COMMAND = "mvn -pl policy.api test -Dtest=ApiListingTest -Daio.baseline=write";

    private static List<String> listed() throws Exception {
        return ApiListing.of(Path.of(EventLoops.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }

    @Test
    void theApi_isWhatTheListSays() throws Exception {
        List<String> present = listed();
        assertThat(present).hasSizeGreaterThan(300);
        if (System.getProperty("aio.baseline", "").equals("write")) {
            Files.writeString(BASELINE, String.join("\n", present) + "\n");
        }
        assertThat(differences(Files.readAllLines(BASELINE), present))
                .as("The API has changed. If that is meant, write the list anew and commit it: " + COMMAND)
                .isEmpty();
    }

    @Test
    void whatComesAndGoes_isNamed() {
        assertThat(differences(List.of("A", "    a", "    b"), List.of("A", "    b", "    c")))
                .containsExactly("- A:     a", "+ A:     c");
        assertThat(differences(List.of("A", "    a"), List.of("A", "    a"))).isEmpty();
    }

    private static List<String> differences(List<String> before, List<String> after) {
        List<String> gone = named(before);
        List<String> come = named(after);
        gone.removeAll(named(after));
        come.removeAll(named(before));
        List<String> all = new ArrayList<>();
        gone.forEach(line -> all.add("- " + line));
        come.forEach(line -> all.add("+ " + line));
        return all;
    }

    /** Names the type with each member, since members of two types may read alike. */
    private static List<String> named(List<String> lines) {
        List<String> named = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            if (line.startsWith(" ")) {
                named.add(type + ": " + line);
            } else {
                type = line;
                named.add(line);
            }
        }
        return named;
    }
}
