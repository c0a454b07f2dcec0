package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be queued for want of memory ends its connection, which would continue with a hole else. */
@Timeout(60)
class NoMemoryTest {

    private static String said(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                NoMemory.HEAP, "-XX:MaxDirectMemorySize=" + 2 * NoMemory.LARGE, "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), NoMemory.class.getName(), what)
                .redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue(); // a few lines fit into the pipe
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aQueue_countsWhatItHolds() throws Exception {
        assertThat(said("queue")).contains("no memory, then 0 bytes are left, empty: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "pipe"})
    void aConnection_endsWithTheCause(String kind) throws Exception {
        assertThat(said(kind))
                .contains("lost: java.io.IOException: there was no memory")
                .contains("because of java.lang.OutOfMemoryError")
                .contains("waiting: 0")
                .doesNotContainPattern("sent: [1-9]");
    }
}
