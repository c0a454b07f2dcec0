package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.transcripts.Transcript;
import aio.dist.transcripts.Transcript.Printed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What the documents show of Karaf is what {@code ./run --karaf} prints. */
@Timeout(600)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafDocumentsIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;

    @TestFactory
    List<DynamicTest> whatIsShownIsPrinted() throws IOException {
        return Transcript.all(MODULE.getParent().getParent(), /* karaf= */ true).stream()
                .map(shown -> DynamicTest.dynamicTest(shown.name(), () -> shown.check(KarafDocumentsIT::run)))
                .toList();
    }

    /** Calls the script that {@code ./run --karaf} calls when everything is built. */
    private static Printed run(Optional<Path> storage, String commands) throws Exception {
        List<String> words = new ArrayList<>(List.of(MODULE.resolve("run").toString(), "-c", commands));
        storage.ifPresent(path -> words.addAll(List.of("--storage", path.toString())));
        Path output = Files.createTempFile("aio-karaf-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("'%s' ends", commands).isTrue();
            String text = Files.readString(output, StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "");
            return new Printed(process.exitValue(), text.lines().toList());
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Files.delete(output);
        }
    }
}
