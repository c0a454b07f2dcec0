package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.net.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/fleet.md in short: two Felix that read one folder, which is laid out as a ConfigMap. The whole of it is {@code
 * FleetIT} of dist/karaf.
 */
@Timeout(180)
class SharedFolderIT {
    private static final long POLL_MILLIS = 1000;
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void threeChanges_reachBothNodes_underLoad() throws Exception {
        SharedFolder shared = SharedFolder.in(Files.createDirectory(folder.resolve("shared")));
        shared.publish(Recipe.DECISION, Recipe.decision("default"));
        List<String> prefix = ReadOnly.prefix(shared.path());
        String watch = Recipe.watch(shared.path(), POLL_MILLIS);
        try (FelixNode first = FelixNode.start(folder.resolve("first"), prefix, watch);
                FelixNode second = FelixNode.start(folder.resolve("second"), prefix, watch)) {
            List<FelixNode> nodes = List.of(first, second);
            List<Traffic> traffic = new ArrayList<>();
            for (FelixNode node : nodes) {
                Fleet.awaitAnswer(node, "policy:list", "* default ", "current, pinned", " winselector ",
                        " winproactor ");
                Fleet.follow(List.of(node), "default", System.nanoTime());
                Fleet.awaitEcho(node);
                traffic.add(Traffic.start(node.echo(), CLIENTS));
            }
            change(shared, nodes, traffic);
            for (Traffic each : traffic) {
                each.stop();
            }
        }
    }

    private static void change(SharedFolder shared, List<FelixNode> nodes, List<Traffic> traffic) throws Exception {
        List<Figures> before = new ArrayList<>();
        for (FelixNode node : nodes) {
            before.add(node.figures());
        }
        for (String policy : List.of("winproactor", "winselector", "default")) {
            long begin = System.nanoTime();
            shared.publish(Recipe.DECISION, Recipe.decision(policy));
            Fleet.follow(nodes, policy, begin);
            traffic.forEach(Traffic::awaitProgress);
        }
        for (int i = 0; i < nodes.size(); i++) {
            Figures after = nodes.get(i).figures();
            assertThat(after.changes() - before.get(i).changes()).as("changes of the policy").isEqualTo(3);
            assertThat(after.lost()).as("lost connections").isEqualTo(before.get(i).lost());
        }
    }
}
