package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.NotInAsyncio;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LimitsContract}, and a process that is stopped for a while. To be run once, for two drivers. */
@NotInAsyncio("no loop judges its engine")
public abstract class StoppedContract extends LimitsContract {
    private static final int STOPS = 3;

    /** Longer than a probe may take. */
    private static final Duration STOPPED = Duration.ofMillis(1_300);

    private static final Duration RUNNING = Duration.ofMillis(400);

    @Test
    void aProcessThatIsStopped_continues_andBlamesNoDriver() throws Exception {
        try (LimitedProcess process = start(0, StoppedScenario.class)) {
            Scenario.until("the scenario runs", () -> Files.exists(folder.resolve("begin")));
            for (int i = 0; i < STOPS; i++) {
                signal("STOP", process.pid());
                Scenario.pause(STOPPED);
                signal("CONT", process.pid());
                Scenario.pause(RUNNING);
            }
            Files.createFile(folder.resolve("end"));
            process.awaitSuccess();
        }
    }

    /** {@code FORK} copies all memory of this process, {@code VFORK} lends it. */
    @ParameterizedTest
    @ValueSource(strings = {"FORK", "VFORK"})
    void childrenThatAreForked_disturbNoConnection_andInheritNothing(String mechanism) throws Exception {
        String option = "-Djdk.lang.Process.launchMechanism=" + mechanism;
        try (LimitedProcess process = start(0, ForkScenario.class, option)) {
            process.awaitSuccess();
        }
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("/bin/bash", "-c", "kill -" + name + " " + pid).inheritIO().start();
        assertThat(kill.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
