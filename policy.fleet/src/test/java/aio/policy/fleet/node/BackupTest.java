package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data are replaced by those of a backup: older numbers than the nodes have done. */
@Timeout(120)
class BackupTest {
    @TempDir
    private Path folder;

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void anOlderState_changesNoNode_eachOneSaysSo_andTheNextDecisionHolds() throws Exception {
        Path backup = folder.resolve("backup");
        try (TestingServer server = TestFleet.server(); TestFleet fleet = new TestFleet(folder)) {
            Path data = server.getTempDirectory().toPath();
            fleet.startAll(3, server.getConnectString());
            fleet.any().decide(decision("old", "100%", 0));
            fleet.awaitEnd(Phase.DONE);
            server.stop();
            copy(data, backup);
            server.restart();
            await("all are back", () -> fleet.any().reports().size() == 3);
            for (String policy : List.of("new", "old", "new")) {
                fleet.any().decide(decision(policy, "100%", 0));
                fleet.awaitEnd(Phase.DONE);
                fleet.awaitPolicy(policy);
            }
            server.stop();
            delete(data);
            copy(backup, data);
            server.restart();
            await("each one says so", () -> fleet.any().reports().size() == 3
                    && fleet.any().reports().values().stream().map(Report::why).allMatch(
                            "it has done number 4, and the fleet's last one is 1: an older state was restored, which"
                            .concat(" changes nothing here; the next decision does")::equals));
            assertThat(fleet.any().state().desired().policy()).isEqualTo("old");
            fleet.awaitPolicy("new");
            assertThat(fleet.any().decide(decision("old", "1,100%", 0)).number()).isEqualTo(5);
            fleet.awaitEnd(Phase.DONE);
            fleet.awaitPolicy("old");
            assertThat(fleet.any().reports().values()).extracting(Report::why).containsOnly("");
            fleet.engines.forEach((name, engine) -> assertThat(engine.orders).as(name)
                    .containsExactly(1L, 2L, 3L, 4L, 5L));
        }
    }
}
