package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections get time to end by themselves, and an end that they do not choose is an orderly one. */
@Timeout(180)
class DrainIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final String HELD = "1 connection of bundle aio.example.echo \\[\\d+]";

    private static void awaitNoListener(int port) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(System.nanoTime()).as("a server still listens on " + socket).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void end_waitsForConnections_andAcceptsNothingNew() throws Exception {
        try (RunningContainer container = new RunningContainer("--drain", "120");
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            container.signal("TERM");
            container.await("aio: nothing new is accepted; open connections have 120 s");
            awaitNoListener(container.echoPort());
            client.awaitProgress();
            assertThat(client.stop()).isNull();
            assertThat(container.exitCode()).isEqualTo(143);
            assertThat(String.join("\n", container.output())).doesNotContain("closed at the end", "warning:", "error:");
        }
    }

    @Test
    void end_closesWhatIsStillOpen_andSaysWhoseItWas() throws Exception {
        try (RunningContainer container = new RunningContainer("--drain", "1");
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            container.type("exit");
            assertThat(container.exitCode()).isZero();
            assertThat(client.awaitEnd()).isNull();
            assertThat(String.join("\n", container.output())).containsPattern("aio: closed at the end: " + HELD + "$");
        }
    }

    @Test
    void command_drainsAndTheLoopRunsOn() throws Exception {
        try (RunningContainer container = new RunningContainer();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            assertThat(container.ask("loop:drain --wait 1"))
                    .containsPattern("loops: drained, and closed after 1 s: " + HELD + "$");
            assertThat(client.awaitEnd()).isNull();
            assertThat(container.ask("loop:drain"))
                    .contains("loops: drained, all connections have ended by themselves");
            assertThat(container.ask("loop:list")).containsPattern("shared +running +selector .* yes +0 +0 ");
            container.ask("stop aio.example.echo; start aio.example.echo");
            try (EchoClient again = EchoClient.connect(container.echoPort(), container)) {
                again.awaitProgress();
                assertThat(again.stop()).isNull();
            }
        }
    }

    /** The loops are the core's: its update ends them, in order, and the examples come back on new ones. */
    @Test
    void updateOfTheCore_endsConnectionsInOrder_andEverythingComesBack() throws Exception {
        try (RunningContainer container = new RunningContainer();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            container.ask("update aio.policy.core");
            assertThat(client.awaitEnd()).isNull();
            try (EchoClient again = EchoClient.connect(container.echoPort(), container)) {
                again.awaitProgress();
                assertThat(again.stop()).isNull();
            }
            assertThat(String.join("\n", container.output())).doesNotContain("warning:", "error:", "Exception");
        }
    }
}
