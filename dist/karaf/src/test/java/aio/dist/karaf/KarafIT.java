package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.testkit.FreePort;
import aio.testkit.net.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * The KAR in a Karaf without network: installed, used by each role, swapped under traffic in each way, restarted,
 * removed. The steps follow each other in one Karaf, which takes a while to start.
 */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafIT {
    private static final String UP = "policy:current; loop:list";

    @TempDir
    private static Path base;

    private static KarafProcess karaf;
    private static KarafShell admin;
    private static int metricsPort;

    @BeforeAll
    static void start() throws Exception {
        karaf = KarafProcess.start(base);
        admin = new KarafShell(karaf.sshPort(), "admin");
        karaf.await(admin, UP);
    }

    @AfterAll
    static void stop() throws Exception {
        if (admin != null) {
            admin.close();
        }
        if (karaf != null) {
            karaf.close();
        }
    }

    private static String run(String command) throws IOException {
        return admin.succeed(command);
    }

    @Test
    @Order(1)
    void kar_inTheFolderDeploy_installsCoreDefaultPolicyAndConsole() throws Exception {
        assertThat(run("policy:list"))
                .startsWith("  NAME     RANK  STATE    DRIVER    LOOPS  BUNDLE\n")
                .containsPattern("\n\\* default   min  current  \\w+ +1  aio.policy.default \\[\\d+]\n");
        assertThat(run("loop:info shared")).contains("shared: running in thread \"aio-loop-shared\"");
        assertThat(run("feature:list -i --no-format"))
                .containsPattern("(?m)^aio-console\\s")
                .containsPattern("(?m)^aio\\s")
                .doesNotContain("aio-winselector");
    }

    @Test
    @Order(2)
    void features_policiesAndExample_areInstalledUnderTraffic() throws Exception {
        run("feature:install aio-example");
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        for (String policy : new String[] {"winproactor", "winselector"}) {
            run("feature:install aio-" + policy);
            karaf.awaitCurrent(admin, policy);
            traffic.awaitProgress();
        }
        traffic.stop();
        assertThat(run("policy:history"))
                .containsPattern("default +winproactor +rank -100, service arrived")
                .containsPattern("winproactor +winselector +rank 100, service arrived");
    }

    @Test
    @Order(3)
    void viewers_read_managersToo_adminsChange() throws Exception {
        for (String role : new String[] {"viewer", "manager"}) {
            try (KarafShell shell = new KarafShell(karaf.sshPort(), role)) {
                for (String reading : new String[] {
                    "policy:list --all", "policy:current", "policy:info default", "policy:why", "policy:history",
                    "policy:watch --help", "loop:list", "loop:info shared", "loop:stats shared",
                    "loop:top", "loop:blocked", "loop:connections shared", "loop:tasks"}) {
                    assertThat(shell.run(reading)).as(role + ": " + reading).satisfies(answer -> {
                        assertThat(answer.status()).isZero();
                        assertThat(answer.text()).isNotBlank();
                    });
                }
                for (String changing : new String[] {
                    "policy:use default", "use default", "policy:auto", "*:use default", "policy:rank default 300",
                    "policy:rank default --reset", "policy:confirm default",
                    "loop:close shared", "*:close shared", "loop:drain"}) {
                    assertThat(shell.run(changing)).as(role + ": " + changing).satisfies(answer -> {
                        assertThat(answer.status()).isOne();
                        assertThat(answer.text()).contains("ommand not found");
                    });
                }
                for (String closing : new String[] {
                    "loop:connections shared --close 1", "connections --close 1 shared",
                    "*:connections shared --close 1", "loop:connections \"shared\n\" --close 1"}) {
                    assertThat(shell.run(closing)).as(role + ": " + closing).satisfies(answer -> {
                        assertThat(answer.status()).isOne();
                        assertThat(answer.text()).contains("nsufficient credentials");
                    });
                }
                assertThat(shell.type("policy:\t", "policy:why"))
                        .doesNotContain("policy:use", "policy:auto", "policy:rank", "policy:confirm");
                assertThat(shell.type("loop:\t", "loop:stats")).doesNotContain("loop:close", "loop:drain");
            }
        }
        assertThat(run("policy:current")).contains("* winselector ").doesNotContain("pinned");
    }

    @Test
    @Order(4)
    void use_andAuto_swapUnderTraffic() throws Exception {
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        assertThat(run("policy:use default"))
                .containsPattern("policy: winselector -> default \\(operator pinned it\\); 1 loop, [1-9]\\d*"
                        + " connections kept, 0 lost");
        traffic.awaitProgress();
        assertThat(run("policy:auto"))
                .containsPattern("policy: default -> winselector \\(operator removed the pin\\); 1 loop, .* 0 lost");
        traffic.awaitProgress();
        traffic.stop();
        assertThat(admin.run("policy:use nobody")).satisfies(answer -> {
            assertThat(answer.status()).isOne();
            assertThat(answer.text()).contains("no policy 'nobody'; present: winselector, winproactor, default");
        });
    }

    @Test
    @Order(5)
    void bundle_stoppedStartedRefreshedUpdated_swapsUnderTraffic() throws Exception {
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        run("bundle:stop aio.policy.winselector");
        assertThat(run("policy:current")).contains("* winproactor ");
        assertThat(run("policy:list --all")).contains("not started: winselector");
        traffic.awaitProgress();
        run("bundle:start aio.policy.winselector");
        assertThat(run("policy:current")).contains("* winselector ");
        traffic.awaitProgress();
        for (String command : new String[] {"bundle:refresh", "bundle:update"}) {
            run(command + " aio.policy.winselector");
            karaf.awaitCurrent(admin, "winselector");
            traffic.awaitProgress();
        }
        traffic.stop();
        assertThat(run("policy:history").lines().filter(line -> line.contains("stopped"))).hasSize(3);
        assertThat(run("loop:list")).containsPattern("shared +running +selector from aio.policy.winselector");
    }

    @Test
    @Order(6)
    void feature_uninstalledAndInstalled_swapsUnderTraffic() throws Exception {
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        run("feature:uninstall aio-winproactor");
        run("feature:uninstall aio-winselector");
        karaf.awaitCurrent(admin, "default");
        assertThat(run("bundle:list -s -t 0 --no-format")).doesNotContain("aio.policy.winselector");
        traffic.awaitProgress();
        run("feature:install aio-winselector");
        karaf.awaitCurrent(admin, "winselector");
        traffic.awaitProgress();
        traffic.stop();
    }

    @Test
    @Order(7)
    void terminal_showsTables_andPipesThemAsTextAndAsObjects() throws Exception {
        assertThat(admin.type("policy:list | grep winsel\n", "aio.policy.winselector [")).doesNotContain("RANK");
        assertThat(admin.type("each (policy:list) { echo name ($it name) }\n", "name default"))
                .contains("name winselector");
    }

    @Test
    @Order(8)
    void pin_survivesARestart() throws Exception {
        run("policy:use default");
        karaf.restart();
        karaf.await(admin, UP);
        karaf.awaitCurrent(admin, "default");
        Deadline.await(Duration.ofSeconds(30), () -> {
            try {
                return admin.run("policy:list").text().contains("winselector");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, karaf::log);
        assertThat(run("policy:list"))
                .containsPattern("\\* default +min +current, pinned ")
                .containsPattern("  winselector +100 +standby ");
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        assertThat(run("policy:auto")).contains("policy: default -> winselector");
        traffic.stop();
    }

    @Test
    @Order(9)
    void features_forTools_areInstalled() throws Exception {
        metricsPort = FreePort.find();
        run("config:property-set -p aio.policy.metrics port " + metricsPort);
        run("feature:install aio-jmx aio-metrics aio-jfr aio-health");
        URL page = metrics();
        Deadline.await(Duration.ofSeconds(30), () -> read(page).contains("\naio_policy_info{policy=\"default\","),
                karaf::log);
        assertThat(run("bundle:list -s -t 0 --no-format").lines().filter(line -> line.matches(
                ".*aio\\.policy\\.(jmx|metrics|jfr|health).*|.*healthcheck\\.core.*"))).hasSize(5)
                .allMatch(line -> line.contains("Active"));
    }

    @Test
    @Order(10)
    void jmx_letsViewersAndManagersRead_andAdminsChange() throws Exception {
        assertThat(karaf.etc("jmx.acl.aio.cfg")).as("what the feature brings").content().contains("* = admin");
        ObjectName policies = new ObjectName("aio:type=Policies");
        ObjectName loops = new ObjectName("aio:type=Loops");
        ObjectName shared = new ObjectName("aio:type=Loop,name=\"shared\"");
        String[] text = {String.class.getName()};
        for (String role : new String[] {"viewer", "manager"}) {
            try (JMXConnector client = karaf.jmx(role)) {
                MBeanServerConnection beans = client.getMBeanServerConnection();
                assertThat(beans.getAttribute(policies, "Current")).as(role).isEqualTo("winselector");
                assertThat(beans.getAttribute(shared, "Driver")).as(role).isEqualTo("selector");
                assertThat((Object[]) beans.getAttribute(loops, "Loops")).as(role).isNotEmpty();
                refused(role, () -> beans.invoke(policies, "use", new Object[] {"default"}, text));
                refused(role, () -> beans.invoke(policies, "use", new Object[] {"default", "--watch 1s"},
                        new String[] {text[0], text[0]}));
                refused(role, () -> beans.invoke(loops, "closeConnection", new Object[] {"shared", 1L},
                        new String[] {text[0], "long"}));
                assertThat(((CompositeData) beans.invoke(policies, "plan", new Object[] {"default", "--canary '50%'"},
                        new String[] {text[0], text[0]})).get("current")).as(role).isEqualTo("winselector");
                assertThat((Object[]) beans.invoke(loops, "connections", new Object[] {"shared"}, text)).isEmpty();
                refused(role, () -> beans.invoke(policies, "auto", new Object[0], new String[0]));
                refused(role, () -> beans.invoke(policies, "resetRank", new Object[] {"default"}, text));
                refused(role, () -> beans.invoke(loops, "close", new Object[] {"shared"}, text));
                refused(role, () -> beans.invoke(loops, "drain", new Object[] {1}, new String[] {"int"}));
            }
        }
        assertThat(run("policy:current")).contains("* winselector ").doesNotContain("pinned");
        try (JMXConnector client = karaf.jmx("admin")) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            assertThat((String) beans.invoke(policies, "use", new Object[] {"default"}, text))
                    .startsWith("winselector -> default (operator 'admin' pinned it)");
            assertThat(run("policy:current")).contains("* default ").contains("pinned");
            assertThat(run("policy:why default")).contains("current: the operator 'admin' pinned 'default'; ");
            assertThat(run("policy:history")).containsPattern("operator 'admin' pinned it +operator 'admin' ");
            assertThat(karaf.log()).contains("winselector -> default (operator 'admin' pinned it)");
            beans.invoke(policies, "auto", new Object[0], new String[0]);
        }
        assertThat(run("policy:current")).contains("* winselector ").doesNotContain("pinned");
    }

    private static void refused(String role, ThrowingCallable call) {
        assertThatThrownBy(call).as(role).isInstanceOf(SecurityException.class)
                .hasMessageContaining("nsufficient");
    }

    @Test
    @Order(11)
    void features_forTools_go() throws Exception {
        run("feature:uninstall aio-jmx aio-metrics aio-jfr aio-health");
        assertThat(run("bundle:list -s -t 0 --no-format"))
                .doesNotContain("aio.policy.jmx", "aio.policy.jfr", "healthcheck");
        assertThat(read(metrics())).isEmpty();
    }

    private static URL metrics() throws IOException {
        return URI.create("http://127.0.0.1:" + metricsPort + "/metrics").toURL();
    }

    /** Returns a page; empty if there is no reply. */
    private static String read(URL page) {
        try (InputStream in = page.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @Order(12)
    void uninstall_leavesNothing() throws Exception {
        run("feature:uninstall aio-example aio-winselector");
        karaf.awaitCurrent(admin, "default");
        run("feature:uninstall aio-console aio");
        assertThat(run("bundle:list -s -t 0 --no-format")).contains("org.apache.karaf").doesNotContain("aio.");
        assertThat(admin.run("policy:list").status()).isOne();
    }
}
