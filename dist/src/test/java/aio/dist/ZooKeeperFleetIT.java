package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.FreePort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five Felix frameworks as a fleet, with real policies, loops and guards; the server is not in any of them. */
@Timeout(180)
class ZooKeeperFleetIT {
    private static final long SECONDS = 40;

    @TempDir
    private Path folder;

    private final Map<String, FrameworkNode> nodes = new LinkedHashMap<>();
    private TestingServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer(FreePort.find());
        for (int i = 1; i <= 5; i++) {
            start("n" + i);
        }
    }

    private FrameworkNode start(String name) throws Exception {
        FrameworkNode node = FrameworkNode.start(name, folder.resolve(name), "aio-policy-winselector",
                "aio-policy-winproactor", "aio-example-late", "aio-policy-console", "aio-policy-fleet");
        nodes.put(name, node);
        return node;
    }

    private void join(FrameworkNode node) throws Exception {
        node.configure("aio.fleet", Map.of("connect", server.getConnectString(), "fleet", "felix", "node",
                node.name(), "digest", "aio:secret", "session.seconds", 6));
    }

    @AfterEach
    void stop() throws Exception {
        for (FrameworkNode node : nodes.values()) {
            node.close();
        }
        server.close();
    }

    private String command(String line) throws Exception {
        return nodes.get("n1").command(line);
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not seen: " + what + "; " + command("fleet:status") + command("fleet:list"));
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
    }

    private void awaitPolicy(String policy) throws Exception {
        for (FrameworkNode node : nodes.values()) {
            await(node.name() + " on " + policy, () -> node.command("policy:list").contains("* " + policy + " "));
        }
    }

    @Test
    void aRollOut_movesAll_andABadEngineIsTakenBack_byTheGuardOfTheFirstNode() throws Exception {
        assertThat(Thread.getAllStackTraces().keySet()).as("without a configuration nothing is done")
                .noneMatch(thread -> thread.getName().startsWith("aio-fleet"));
        assertThat(nodes.get("n1").hasService("(osgi.command.scope=fleet)")).isFalse();
        for (FrameworkNode node : nodes.values()) {
            join(node);
        }
        await("the commands", () -> nodes.get("n1").hasService("(osgi.command.scope=fleet)"));
        await("all nodes", () -> command("fleet:status").contains("fleet 'felix', 5 nodes"));

        assertThat(command("fleet:use winproactor --waves '1,100%' --watch 1s --max-lag 2s"))
                .contains("fleet: number 1 begins: 'winproactor' on 5 nodes, 2 waves");
        assertThat(nodes.get("n2").command("fleet:use winselector")).contains("error: ", "on its way, number 1 of ");
        await("its end", () -> command("fleet:status").contains(": done"));
        awaitPolicy("winproactor");
        assertThat(command("policy:why")).contains("fleet, operator on n1");

        command("fleet:use late --waves '1,100%' --watch 20s --max-lag 30ms");
        await("it is taken back", () -> command("fleet:status").contains("rolled back: node 'n1' has taken it back: "));
        assertThat(command("fleet:status")).contains("30.0 ms", "aio.example.late [");
        awaitPolicy("winproactor");
        assertThat(nodes.get("n2").command("policy:history")).doesNotContain("late");
        assertThat(command("fleet:history --json")).startsWith("[{\"number\":1,").contains("\"phase\":\"rolled back\"");

        nodes.remove("n3").close();
        FrameworkNode again = FrameworkNode.again("n3", folder.resolve("n3"));
        nodes.put("n3", again);
        await("it is back", () -> command("fleet:list").lines().filter(line -> line.contains(" 3  done")).count() == 5);
        assertThat(again.command("policy:history")).as("what it had, it has, and does nothing twice")
                .doesNotContain("fleet");
        again.uninstall("aio.policy.fleet");
        await("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aio-fleet-agent")).count() == 4);
        assertThat(again.command("policy:list")).as("what it has, it keeps").contains("* winproactor ");
    }
}
