package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.FrameworkNode;
import aio.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of two Karaf and three Felix frameworks, on a server of its own. */
@Timeout(500)
class KarafFleetIT {
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    private final List<FrameworkNode> frameworks = new ArrayList<>();

    @Test
    void twoKarafAndThreeFelix_followOneDecision_eachRoleInItsPlace() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find());
                KarafProcess first = start("k1", server);
                KarafProcess second = start("k2", server);
                KarafShell admin = new KarafShell(first.sshPort(), "admin");
                KarafShell other = new KarafShell(second.sshPort(), "admin")) {
            for (int i = 1; i <= 3; i++) {
                join("f" + i, server);
            }
            for (KarafShell shell : List.of(admin, other)) {
                (shell == admin ? first : second).await(shell, "policy:current");
                shell.succeed("feature:install aio-winselector aio-winproactor aio-fleet");
            }
            await(admin, "fleet 'mixed', 5 nodes");
            rollOut(first, admin, other);
        } finally {
            for (FrameworkNode each : frameworks) {
                each.close();
            }
        }
    }

    private void rollOut(KarafProcess first, KarafShell admin, KarafShell other) throws Exception {
        try (KarafShell viewer = new KarafShell(first.sshPort(), "viewer")) {
            assertThat(viewer.run("fleet:use winproactor").text()).as("who may not run it does not see it")
                    .contains("ommand not found");
            assertThat(viewer.run("fleet:status").text()).contains("nothing was decided yet");
        }
        assertThat(admin.run("fleet:use winproactor --waves '1,100%' --watch 1s --max-lag 2s --wait").text())
                .contains("number 1, 'winproactor', of admin on k1, ").contains(": done");
        assertThat(other.run("policy:current").text()).contains("winproactor").contains("pinned");
        assertThat(frameworks.get(2).command("policy:list")).contains("* winproactor ");
        for (String typed : List.of("fleet:use winsel|ector", "fleet:use --watch 1s winsel|ector",
                "fleet:use winselector --wat|ch", "fleet:list --j|son")) {
            String lastWord = typed.replace("|", "").replaceFirst(".* ", ""); // a shell may draw others anew
            assertThat(admin.type(typed.replaceFirst("\\|.*", "\t"), lastWord)).isNotEmpty();
        }
        assertThat(admin.run("fleet:list --help").text()).contains("fleet:list [--help] [--json]");
        assertThat(other.run("fleet:list --json").text()).contains("{\"node\":\"f1\",\"there\":true,");
        admin.succeed("feature:uninstall aio-fleet");
        await(other, "fleet 'mixed', 4 nodes");
        assertThat(admin.run("policy:current").text()).as("what it has, it keeps").contains("winproactor");
    }

    private KarafProcess start(String name, TestingServer server) throws Exception {
        return KarafProcess.start(Files.createDirectory(folder.resolve(name)), List.of(), Map.of("aio.fleet.cfg",
                "connect = " + server.getConnectString() + "\nfleet = mixed\nnode = " + name
                        + "\ndigest = aio:secret\n"));
    }

    private void join(String name, TestingServer server) throws Exception {
        FrameworkNode node = FrameworkNode.start(name, folder.resolve(name), "aio-policy-winselector",
                "aio-policy-winproactor", "aio-policy-console", "aio-policy-fleet");
        frameworks.add(node);
        node.configure("aio.fleet", Map.of("connect", server.getConnectString(), "fleet", "mixed", "node", name,
                "digest", "aio:secret"));
    }

    private static void await(KarafShell shell, String text) throws Exception {
        Callable<String> status = () -> shell.run("fleet:status").text();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (String seen = status.call(); !seen.contains(text); seen = status.call()) {
            assertThat(System.nanoTime()).as("not seen: %s; %s", text, seen).isLessThan(end);
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
    }
}
