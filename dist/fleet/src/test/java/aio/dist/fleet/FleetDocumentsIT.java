package aio.dist.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.transcripts.Transcript;
import aio.dist.transcripts.Transcript.Printed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What the documents show of a fleet is what {@code ./run --fleet} prints. */
@Timeout(300)
class FleetDocumentsIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final long PATIENCE_SECONDS = 150;

    @TestFactory
    List<DynamicTest> whatIsShownIsPrinted() throws IOException {
        return Transcript.fleets(MODULE.getParent().getParent()).stream()
                .map(shown -> DynamicTest.dynamicTest(shown.name(),
                        () -> shown.check((storage, commands) -> run("3", commands))))
                .toList();
    }

    /** Runs what the script runs when everything is built. */
    private static Printed run(String count, String commands) throws Exception {
        Path output = Files.createTempFile("aio-fleet-", ".txt");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daio.jar=" + System.getProperty("aio.jar"), "-cp",
                MODULE.resolve("target/classes") + File.pathSeparator + MODULE.resolve("target/lib") + "/*",
                "aio.dist.fleet.Main", count, "-c", commands));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new Printed(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).lines().toList());
        } finally {
            process.destroy();
            Files.delete(output);
        }
    }

    @Test
    void whatIsNoNumberOfNodes_isRefused() throws Exception {
        Printed printed = run("many", "policy:list");
        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.lines()).containsExactly("error: --fleet is 'many': expected a number of nodes, 1 to 20");
    }
}
