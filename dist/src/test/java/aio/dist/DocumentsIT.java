package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.transcripts.Transcript;
import aio.dist.transcripts.Transcript.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What the documents show is true: a block marked {@code <!-- run -->} is run and must print what it says, numbers that
 * differ from run to run apart; a block marked {@code <!-- code: FILE -->} must consist of lines of that file, and one
 * marked {@code <!-- whole: FILE -->} is that file.
 */
@Timeout(300)
class DocumentsIT {
    private static final Path HOME = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern CODE = Pattern.compile("(?s)<!-- (code|whole): (\\S+) -->\n```\\w*\n(.*?)\n```");

    @TestFactory
    List<DynamicTest> whatIsShownIsPrinted() throws IOException {
        return Transcript.all(HOME, /* karaf= */ false).stream()
                .map(shown -> DynamicTest.dynamicTest(shown.name(), () -> shown.check(DocumentsIT::run)))
                .toList();
    }

    private static Printed run(Optional<Path> storage, String commands) throws Exception {
        String[] options = storage.map(path -> new String[] {"--storage", path.toString(), "-c", commands})
                .orElseGet(() -> new String[] {"-c", commands});
        try (RunningContainer container = new RunningContainer(options)) {
            int exitCode = container.exitCode();
            return new Printed(exitCode, container.output());
        }
    }

    @TestFactory
    List<DynamicTest> whatIsShownIsInTheSources() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : Transcript.documents(HOME)) {
            Matcher block = CODE.matcher(Files.readString(document));
            while (block.find()) {
                boolean whole = block.group(1).equals("whole");
                String file = block.group(2);
                List<String> shown = block.group(3).lines().toList();
                tests.add(DynamicTest.dynamicTest(document.getFileName() + ": " + file, () -> {
                    List<String> lines = Files.readAllLines(HOME.resolve(file));
                    if (whole) {
                        assertThat(shown).isEqualTo(lines);
                    } else {
                        assertThat(lines).containsSubsequence(shown);
                    }
                }));
            }
        }
        assertThat(tests).as("blocks of code").isNotEmpty();
        return tests;
    }
}
