package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.Subprocess;
import aio.process.SubprocessOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Children are forked, with all memory of the process, while connections are served: what the driver shares with the
 * kernel stays shared with this process, and no child inherits it.
 */
final class ForkScenario extends Scenario {
    private static final int CHILDREN = 16;
    private static final String MUCH = "0123456789abcdef".repeat(2_000);

    /** A child says what descriptors it has, and lives on for as long as its input does. */
    private static final String LOOK = "ls -l /proc/self/fd; read line; echo over";

    @Override
    void run() throws Exception {
        for (int i = 0; i < CHILDREN; i++) {
            EventLoops.setEventLoopPolicy(new PolicyOn(i % 4 == 3 ? other : driver));
            Subprocess child = loop.createSubprocessExec(List.of("/bin/sh", "-c", LOOK), SubprocessOptions.defaults())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            talk();
            String said = child.communicate(StandardCharsets.US_ASCII.encode("end\n"))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stdoutText();
            assertThat(said).contains("over").doesNotContain("io_uring", "socket:");
            talk();
        }
        assertThat(reports).isEmpty();
    }

    private void talk() throws Exception {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).send(MUCH);
            assertThat(clients.get(i).receiveText(MUCH.length())).isEqualTo(MUCH);
        }
        assertAlive();
    }
}
