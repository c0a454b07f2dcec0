package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no fleet should meet, and some do: twins, garbage, a state that is deleted. */
@Timeout(120)
class OddWorldTest {
    @TempDir
    private Path folder;

    private TestingServer server;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        server = TestFleet.server();
        fleet = new TestFleet(folder);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        server.close();
    }

    @Test
    void aTwinThatLeaves_takesNoReportOfTheOtherAway() throws Exception {
        fleet.startAll(2, server.getConnectString());
        String before = fleet.any().reports().get("n2").instance();
        FleetNode twin = new FleetNode(TestFleet.settings("n2", server.getConnectString(), Optional.empty()),
                new FakeEngine("default"), new MemoryFile(folder.resolve("twin")), Pace.normal(), System::nanoTime,
                Clock.systemUTC());
        twin.start();
        await("the twin", twin::isConnected);
        twin.close();
        assertThat(fleet.any().reports().get("n2").instance()).isEqualTo(before);
    }

    @Test
    void whatIsNoReport_isNoNode_andHoldsNothingUp() throws Exception {
        fleet.startAll(2, server.getConnectString());
        var client = fleet.any().client();
        for (String text : List.of("", "hello", "node=x\norder=many\n", "node=%zz\n", "node=n1\n")) {
            String path = "/aio/test/nodes/x" + text.length();
            client.create().forPath(path, text.getBytes(StandardCharsets.UTF_8));
        }
        fleet.any().decide(decision("new", "1,100%", 0));
        assertThat(fleet.awaitEnd(Phase.DONE).members()).isEqualTo(2);
        assertThat(fleet.any().reports()).containsOnlyKeys("n1", "n2");
    }

    @Test
    void aStateThatOthersHaveWritten_changesNoNode_andAFleetThatIsDeletedIsMadeAnew() throws Exception {
        fleet.startAll(3, server.getConnectString());
        fleet.any().decide(decision("new", "100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
        var client = fleet.any().client();
        client.setData().forPath("/aio/test/desired", "hello".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> fleet.any().decide(decision("old", "100%", 0)))
                .hasMessageContaining("somebody else writes there");
        client.delete().deletingChildrenIfNeeded().forPath("/aio/test/nodes");
        client.delete().forPath("/aio/test/rollout");
        client.delete().forPath("/aio/test/desired");
        await("all are there again", () -> fleet.any().reports().size() == 3 && fleet.any().state().desired()
                .number() == 0);
        fleet.any().decide(decision("old", "1,100%", 0));
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("old");
        fleet.engines.forEach((name, engine) -> assertThat(engine.pins).as(name).containsExactly("new", "old"));
    }

    @Test
    void aNodeThatStartsAgainAfterThePatience_inAWatch_takesNothingBack() throws Exception {
        fleet.startAll(2, server.getConnectString());
        fleet.engine("n2").trying = true;
        fleet.any().decide(decision("new", "100%", 200, false, Duration.ofSeconds(60)));
        await("the watch", () -> fleet.any().state().rollout().orElseThrow().phase() == Phase.WATCHED);
        fleet.passInSteps(Duration.ofSeconds(40));
        String before = fleet.any().reports().get("n2").instance();
        fleet.stop("n2");
        fleet.engine("n2").operatorPins(""); // a trial is not stored
        fleet.start("n2", server.getConnectString());
        await("a second watch", () -> {
            Report report = fleet.any().reports().get("n2");
            return report != null && !report.instance().equals(before) && report.answer() == Answer.WATCHED;
        });
        fleet.passInSteps(Duration.ofSeconds(40));
        long begin = System.nanoTime();
        await("a look at it", () -> System.nanoTime() - begin > 500_000_000L);
        fleet.engine("n2").trying = false;
        fleet.awaitEnd(Phase.DONE);
    }

    /** As a container that starts again, and its bundles one by one: the newest one, of a policy, last. */
    private void restartWithout(String policy, String node) throws Exception {
        FakeEngine engine = fleet.engine(node);
        fleet.stop(node);
        engine.present.remove(policy);
        int looks = engine.looks.get();
        fleet.start(node, server.getConnectString());
        await("it has looked, and would have told what it saw", () -> engine.looks.get() >= looks + 3);
    }

    @Test
    void aNodeThatStartsAgain_andItsPolicyAfterIt_inItsTrial_takesNothingBack() throws Exception {
        fleet.startAll(2, server.getConnectString());
        fleet.engine("n1").trying = true;
        fleet.any().decide(decision("new", "1,100%", 100, false, Duration.ofSeconds(60)));
        await("the watch", () -> fleet.any().state().rollout().orElseThrow().phase() == Phase.WATCHED);
        fleet.engine("n1").operatorPins(""); // a trial is not stored
        restartWithout("new", "n1");
        assertThat(fleet.nodes.get("n1").trouble().orElseThrow()).contains("has just started").contains("'new'");
        assertThat(fleet.any().state().underWay()).isPresent();
        fleet.engine("n1").trying = false;
        fleet.engine("n1").present.add("new");
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
    }

    @Test
    void aNodeThatStartsAgain_andItsPolicyAfterIt_afterItsWave_takesNothingBack() throws Exception {
        fleet.startAll(2, server.getConnectString());
        fleet.engine("n2").trying = true;
        fleet.any().decide(decision("new", "1,100%", 100, false, Duration.ofSeconds(60)));
        await("the second wave", () -> fleet.any().state().underWay().orElseThrow().wave() == 1);
        restartWithout("new", "n1");
        assertThat(fleet.any().reports()).doesNotContainKey("n1");
        assertThat(fleet.any().state().underWay()).isPresent();
        fleet.engine("n1").present.add("new");
        fleet.engine("n2").trying = false;
        fleet.awaitEnd(Phase.DONE);
        fleet.awaitPolicy("new");
        assertThat(fleet.engine("n1").orders).containsExactly(1L);
    }

    @Test
    void aNodeThatStartsAgain_andItsPolicyNeverDoes_refusesItWhenAllHasStarted() throws Exception {
        fleet.startAll(2, server.getConnectString());
        fleet.engine("n1").trying = true;
        fleet.any().decide(decision("new", "1,100%", 100, false, Duration.ofSeconds(60)));
        await("the watch", () -> fleet.any().state().rollout().orElseThrow().phase() == Phase.WATCHED);
        fleet.engine("n1").operatorPins("");
        restartWithout("new", "n1");
        fleet.pass(TestFleet.UP);
        assertThat(fleet.awaitEnd(Phase.ROLLED_BACK).reason()).contains("node 'n1' refuses it: no policy 'new'");
    }

    @Test
    void aServerThatComesLater_isJoined_andOneThatNeverCameLeavesNoThreadBehind() throws Exception {
        server.stop();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        FleetNode never = fleet.start("n1", server.getConnectString());
        assertThat(never.isConnected()).isFalse();
        fleet.stop("n1");
        awaitNoneOfOurs(before);
        fleet.start("n2", server.getConnectString());
        server.restart();
        await("it is in", () -> fleet.any().reports().size() == 1);
        assertThat(ours(before)).as("that is how they are found").isNotEmpty();
        fleet.stop("n2");
        awaitNoneOfOurs(before);
    }

    private static void awaitNoneOfOurs(Set<Thread> before) throws Exception {
        try {
            await("no thread of it is left", () -> ours(before).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("these threads are left: " + ours(before), e);
        }
    }

    private static List<String> ours(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !before.contains(each))
                .map(Thread::getName)
                .filter(each -> each.matches("(?s)aio-fleet.*|Curator.*|LeaderLatch.*|main-SendThread.*|"
                        + ".*-EventThread|.*SendThread\\(.*"))
                .toList();
    }

    @Test
    void theSecret_isInNoLogAndNoText() throws Exception {
        Optional<String> digest = Optional.of("anna:s3cret-word");
        Settings settings = TestFleet.settings("n1", server.getConnectString(), digest);
        assertThat(settings.toString()).contains("n1").doesNotContain("s3cret");
        assertThatThrownBy(() -> TestFleet.settings("n1", "x:1", Optional.of("s3cret-word")))
                .hasMessageContaining("user:password").hasMessageNotContaining("s3cret");
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().format(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        Logger logger = Logger.getLogger("");
        Level before = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
        try (FleetNode node = new FleetNode(settings, new FakeEngine("default"), new MemoryFile(folder.resolve("n1")),
                Pace.normal(), System::nanoTime, Clock.systemUTC())) {
            node.start();
            await("the node", () -> node.reports().size() == 1);
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void sessions_lastFromASecondToAnHour() {
        for (int seconds : List.of(1, 3600)) {
            assertThat(session(seconds).session()).hasSeconds(seconds);
        }
        for (int seconds : List.of(-15, 0, 3601)) {
            assertThatThrownBy(() -> session(seconds)).hasMessage("configuration aio.fleet: session.seconds is '"
                    + seconds + "', expected 1 to 3600");
        }
    }

    private static Settings session(int seconds) {
        return new Settings("x:1", "test", "n1", Optional.empty(), Optional.empty(), Duration.ofSeconds(seconds));
    }

    @Test
    void names_areThoseThatZooKeeperTakes() {
        for (String name : List.of("a,b", "a\"", "ü", "a'b", "a=b%20")) {
            assertThat(TestFleet.settings(name, "x:1", Optional.empty()).node()).isEqualTo(name);
        }
        for (String name : List.of("", " ", "a/b", "a b", "a\nb", "..", "a\u0085", "\ud83d\ude00", "\ue000")) {
            assertThatThrownBy(() -> TestFleet.settings(name, "x:1", Optional.empty())).as(name)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("node");
        }
    }
}
