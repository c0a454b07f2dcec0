package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final Pattern RUN = Pattern.compile("(?s)<!-- run -->\n```\n(.*?)\n```");
    private static final Pattern START = Pattern.compile("\\$ \\./run( --storage DIR)? -c \"([^\"]*)\"");
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
                List<Run> runs = runs(block.group(1));
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName() + ": " + runs.get(0).commands(), () -> printWhatIsShown(runs)));
            }
        }
        assertThat(tests).as("blocks that are run").isNotEmpty();
        return tests;
    }

    /** One start of the container. */
    private record Run(boolean stored, String commands, List<String> shown) {}

    /** Cuts a block into its starts, which may share a storage. */
    private static List<Run> runs(String block) {
        List<Run> runs = new ArrayList<>();
        for (String line : block.lines().toList()) {
            Matcher start = START.matcher(line);
            if (start.matches()) {
                runs.add(new Run(start.group(1) != null, start.group(2), new ArrayList<>()));
            } else {
                assertThat(runs).as("a block that is run begins with a start, not with: " + line).isNotEmpty();
                runs.get(runs.size() - 1).shown().add(line);
            }
        }
        return runs;
    }

    private static void printWhatIsShown(List<Run> runs) throws Exception {
        Path storage = Files.createTempDirectory("aio-documents-");
        try {
            for (Run run : runs) {
                printWhatIsShown(run, storage);
            }
        } finally {
            delete(storage);
        }
    }

    private static void printWhatIsShown(Run run, Path storage) throws Exception {
        String[] options = run.stored()
                ? new String[] {"--storage", storage.toString(), "-c", run.commands()}
                : new String[] {"-c", run.commands()};
        try (RunningContainer container = new RunningContainer(options)) {
            int exitCode = container.exitCode();
            List<String> printed = container.output();
            assertThat(exitCode)
                    .as("exit code after:\n" + String.join("\n", printed))
                    .isEqualTo(run.shown().stream().anyMatch(line -> line.startsWith("error: ")) ? 1 : 0);
            assertThat(printed.stream().map(DocumentsIT::comparable))
                    .as("printed:\n" + String.join("\n", printed))
                    .containsExactlyElementsOf(run.shown().stream().map(DocumentsIT::comparable).toList());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
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
                .replaceAll("^( +shared) +\\d+(?= +\\d+ +\\d)", "$1 N")
                .replaceAll("\"(serviceId|bundleId)\":\\d+", "$1 ID")
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
