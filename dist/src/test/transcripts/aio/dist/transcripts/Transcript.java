package aio.dist.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of a document that shows what is typed and what is printed, marked {@code <!-- run -->}. Immutable.
 *
 * @param name its document, and the first line that it shows
 * @param runs its starts, which may share a storage
 */
public record Transcript(String name, List<Transcript.Run> runs) {
    private static final Pattern BLOCK = Pattern.compile("(?s)(<!-- run -->\n)?```\\w*\n(.*?)\n```");
    private static final String URING = "aio.policy.uring";
    private static final int URING_SINCE = 22;
    private static final Pattern START =
            Pattern.compile("\\$ \\./run( --karaf| --fleet 3)?( --storage DIR)? -c \"([^\"]*)\"");

    /** The start of a line of the log says whose it is: policy, warning: policy, warning: fleet. */
    private static final Comparator<String> BY_SOURCE =
            Comparator.comparing(line -> line.replaceFirst("^((warning: )?[^:]*):.*", "$1"));

    /** One start of a container. */
    public record Run(String kind, boolean stored, String commands, List<String> shown) {}

    /** What a start has printed, and its exit code. */
    public record Printed(int exitCode, List<String> lines) {}

    /** Starts a container. */
    @FunctionalInterface
    public interface Container {

        /** Runs commands in a container, whose storage is that of another start, or its own. */
        Printed run(Optional<Path> storage, String commands) throws Exception;
    }

    /** Returns the documents. */
    public static List<Path> documents(Path home) throws IOException {
        List<Path> documents = new ArrayList<>(List.of(home.resolve("README.md")));
        try (Stream<Path> docs = Files.list(home.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    /** Returns the transcripts of Karaf, or those of the other container. */
    public static List<Transcript> all(Path home, boolean karaf) throws IOException {
        return all(home, karaf ? " --karaf" : "");
    }

    /** Returns the transcripts of fleets. */
    public static List<Transcript> fleets(Path home) throws IOException {
        return all(home, " --fleet 3");
    }

    private static List<Transcript> all(Path home, String kind) throws IOException {
        List<Transcript> transcripts = new ArrayList<>();
        for (Path document : documents(home)) {
            Matcher block = BLOCK.matcher(Files.readString(document));
            while (block.find()) {
                boolean starts = START.matcher(block.group(2).lines().findFirst().orElse("")).matches();
                assertThat(block.group(1) != null)
                        .as("a block is marked to be run if it begins with a start, %s: %s", document, block.group(2))
                        .isEqualTo(starts);
                if (starts) {
                    List<Run> runs = runs(block.group(2));
                    transcripts.add(new Transcript(document.getFileName() + ": " + runs.get(0).commands(), runs));
                }
            }
        }
        transcripts.removeIf(transcript -> !transcript.runs().get(0).kind().equals(kind));
        transcripts.removeIf(transcript -> transcript.isAboutUring() && Runtime.version().feature() < URING_SINCE);
        assertThat(transcripts).as("blocks that are run").isNotEmpty();
        return transcripts;
    }

    private boolean isAboutUring() {
        return runs.stream().anyMatch(run -> run.commands().contains(URING));
    }

    private static List<Run> runs(String block) {
        List<Run> runs = new ArrayList<>();
        for (String line : block.lines().toList()) {
            Matcher start = START.matcher(line);
            if (start.matches()) {
                String kind = start.group(1) == null ? "" : start.group(1);
                runs.add(new Run(kind, start.group(2) != null, start.group(3), new ArrayList<>()));
            } else {
                runs.get(runs.size() - 1).shown().add(line);
            }
        }
        return runs;
    }

    /** Runs everything and compares what is printed, except for numbers that differ from run to run. */
    public void check(Container container) throws Exception {
        Path storage = Files.createTempDirectory("aio-documents-");
        try {
            for (Run run : runs) {
                check(run, container.run(run.stored() ? Optional.of(storage) : Optional.empty(), run.commands()));
            }
        } finally {
            delete(storage);
        }
    }

    private static void check(Run run, Printed printed) {
        String text = String.join("\n", printed.lines());
        boolean fails = run.shown().stream().anyMatch(line -> line.matches("error: .*|Error executing command.*"));
        assertThat(printed.exitCode()).as("exit code after:\n" + text).isEqualTo(fails ? 1 : 0);
        boolean withUring = run.shown().stream().anyMatch(line -> line.contains(URING));
        List<String> lines = printed.lines().stream()
                .filter(line -> withUring || !line.startsWith("  not started: uring: ")) // as it was built
                .toList();
        assertThat(comparable(lines)).as("printed:\n" + text).containsExactlyElementsOf(comparable(run.shown()));
    }

    /** Lines of the log that follow each other come from several threads: those of one source stay in order. */
    private static List<String> comparable(List<String> lines) {
        List<String> all = new ArrayList<>();
        List<String> logged = new ArrayList<>();
        for (String line : lines) {
            if (!line.matches("(policy|warning): .*")) {
                logged.sort(BY_SOURCE);
                all.addAll(logged);
                logged.clear();
                all.add(comparable(line));
            } else {
                logged.add(comparable(line));
            }
        }
        logged.sort(BY_SOURCE);
        all.addAll(logged);
        return all;
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
                .replaceAll("\\d+\\.\\d %( +\\d+(?= ))?", "SHARE")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "WHEN")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS")
                .replaceAll("\\[\\d+]", "[ID]")
                .replaceAll("(service|bundle|start) \\d+", "$1 ID")
                .replaceAll("\\d+ turns", "N turns")
                .replaceAll("\\d+ times of \\d+", "N times of N")
                .replaceAll("^( +shared) +\\d+(?= +\\d+ +\\d)", "$1 N")
                .replaceAll("\"(serviceId|bundleId)\":\\d+", "$1 ID")
                .replaceAll(" +", " ")
                .stripTrailing();
    }
}
