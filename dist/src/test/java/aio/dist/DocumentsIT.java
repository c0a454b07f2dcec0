package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What the documents show is true: a block marked {@code <!-- run -->} is run and must print what it says, numbers that
 * differ from run to run apart; a block marked {@code <!-- code: FILE -->} must consist of lines of that file.
 */
@Timeout(300)
class DocumentsIT {
    private static final Path HOME = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern RUN = Pattern.compile("(?s)<!-- run -->\n```\n\\$ \\./run -c \"([^\"]*)\"\n(.*?)\n```");
    private static final Pattern CODE = Pattern.compile("(?s)<!-- code: (\\S+) -->\n```\\w*\n(.*?)\n```");

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(HOME.resolve("README.md")));
        try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    @TestFactory
    List<DynamicTest> whatIsShownIsPrinted() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher block = RUN.matcher(Files.readString(document));
            while (block.find()) {
                String commands = block.group(1);
                String shown = block.group(2);
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName() + ": " + commands, () -> runs(commands, shown)));
            }
        }
        assertThat(tests).as("blocks that are run").isNotEmpty();
        return tests;
    }

    private static void runs(String commands, String shown) throws Exception {
        try (RunningContainer container = new RunningContainer("-c", commands)) {
            int exitCode = container.exitCode();
            List<String> printed = container.output();
            assertThat(exitCode).isEqualTo(shown.contains("\nerror: ") ? 1 : 0);
            assertThat(printed.stream().map(DocumentsIT::comparable))
                    .as("printed:\n" + String.join("\n", printed))
                    .containsExactlyElementsOf(shown.lines().map(DocumentsIT::comparable).toList());
        }
    }

    /** Replaces what differs from run to run, or with the bundles that are installed. */
    private static String comparable(String line) {
        return line.replaceAll("\\d+\\.\\d m?s", "TIME")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "WHEN")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS")
                .replaceAll("\\[\\d+]", "[ID]")
                .replaceAll("(service|bundle|start) \\d+", "$1 ID")
                .replaceAll("\\d+ turns", "N turns")
                .replaceAll(" +", " ")
                .stripTrailing();
    }

    @TestFactory
    List<DynamicTest> whatIsShownIsInTheSources() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher block = CODE.matcher(Files.readString(document));
            while (block.find()) {
                String file = block.group(1);
                List<String> shown = block.group(2).lines().toList();
                tests.add(DynamicTest.dynamicTest(document.getFileName() + ": " + file,
                        () -> assertThat(Files.readAllLines(HOME.resolve(file))).containsSubsequence(shown)));
            }
        }
        assertThat(tests).as("blocks of code").isNotEmpty();
        return tests;
    }
}
