package aio.policy.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.rollout.Wave;
import aio.testkit.FreePort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept, and who wins. */
@Timeout(60)
class FleetStoreTest {
    private static final String ODD = "a, \"b\"\n=c %2C+ü\u0000";

    private static Decision decision(String policy) {
        return new Decision(policy, Wave.list("1,10%,100%"), Duration.ofMillis(1500),
                Optional.of(Duration.ofMillis(50)), Optional.of(0.001), true, Duration.ofSeconds(30),
                ODD, Instant.parse("2026-01-02T03:04:05.6Z"));
    }

    private static CuratorFramework client(TestingServer server) {
        CuratorFramework client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        client.start();
        return client;
    }

    @Test
    void whatIsWritten_isRead_whateverItsNames() {
        Rollout rollout = new Rollout(7, decision(ODD), List.of(List.of("n,1"), List.of("ü", "n 2")), 1, Phase.WATCHED,
                true, Map.of("n,1", ODD, "ü", ""), ODD);
        assertThat(Texts.rollout(Texts.bytes(rollout))).isEqualTo(rollout);
        Report report = new Report("n,1", "i", ODD, "e", "b [7]", Optional.of(ODD), 7, Answer.ROLLED_BACK, ODD,
                Duration.ofNanos(1_234_567), 0.125, Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(Texts.report(Texts.bytes(report))).isEqualTo(report);
    }

    @Test
    void whatALaterVersionAdds_isPassedOver_andWhatOthersWrite_isRefused() {
        Rollout rollout = new Rollout(7, decision("new"), List.of(List.of("n1")), 0, Phase.MOVING, false, Map.of(), "");
        String text = new String(Texts.bytes(rollout), StandardCharsets.UTF_8);
        String later = (text + "colour=blue\n").replace("phase=MOVING", "phase=THINKING");
        assertThat(Texts.rollout(later.getBytes(StandardCharsets.UTF_8)).phase()).as("nothing is done").isEqualTo(
                Phase.ABORTED);
        Map<String, String> broken = Map.of("number=7", "number=many', expected a whole number",
                "when=2026", "when=20-26", "watch=PT1.5S", "watch=soon', expected a time such as PT30S",
                "maxLag=PT0.05S", "maxLag=50ms', expected a time such as PT30S",
                "maxErrors=0.001", "maxErrors=few', expected a number");
        broken.forEach((right, wrong) -> {
            assertThat(text).contains(right);
            byte[] bytes = text.replace(right, wrong.split("'")[0]).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Texts.rollout(bytes)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the fleet's state has '" + wrong);
        });
    }

    @Test
    void ofTwoWhoHaveReadTheSame_theFirstOneWrites_andTheHistoryHasItOnce() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework one = client(server);
                CuratorFramework two = client(server)) {
            FleetStore first = new FleetStore(one, "f");
            FleetStore second = new FleetStore(two, "f");
            first.prepare();
            second.prepare();
            Versioned seen = first.read();
            Versioned same = second.read();
            assertThat(same).isEqualTo(seen);
            State begun = seen.state().decide(decision("new"), List.of("n1"), 0);
            first.write(seen, begun);
            assertThatThrownBy(() -> second.write(same, same.state().decide(decision("other"), List.of("n1"), 0)))
                    .isInstanceOf(Outdated.class);
            Versioned now = second.read();
            assertThat(now.desired()).as("what does not change is not written").isEqualTo(seen.desired());
            State over = now.state().abort("anna", Instant.EPOCH);
            second.write(now, over);
            assertThatThrownBy(() -> first.write(now, over)).isInstanceOf(Outdated.class);
            assertThat(first.history()).extracting(Rollout::phase).containsExactly(Phase.ABORTED);
            assertThat(first.read().state()).isEqualTo(over);
        }
    }

    @Test
    void theHistory_keepsAHundred() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework client = client(server)) {
            FleetStore store = new FleetStore(client, "f");
            store.prepare();
            for (int i = 0; i < 103; i++) {
                Versioned read = store.read();
                store.write(read, read.state().decide(decision("new"), List.of("n1"), 0));
                Versioned begun = store.read();
                store.write(begun, begun.state().abort("anna", Instant.EPOCH));
            }
            // going back has a number of its own
            assertThat(store.history()).hasSize(100).first().extracting(Rollout::number).isEqualTo(7L);
        }
    }

    @Test
    void theNamesInTheHistory_areThoseOfEveryLanguage() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework client = client(server)) {
            FleetStore store = new FleetStore(client, "f");
            store.prepare();
            Versioned read = store.read();
            store.write(read, read.state().decide(decision("new"), List.of("n1"), 0));
            Versioned begun = store.read();
            store.write(begun, begun.state().abort("anna", Instant.EPOCH));
            assertThat(client.getChildren().forPath("/aio/f/history")).containsExactly("0000000001");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatZooKeeperDoesNotTake_isRefused_andWhatItTakesAlsoEnds() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework client = client(server)) {
            FleetStore store = new FleetStore(client, "f");
            store.prepare();
            Versioned read = store.read();
            State tooLarge = read.state().decide(decision("new"), names(50_000), 0);
            assertThatThrownBy(() -> store.write(read, tooLarge)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("of 50000 nodes takes").hasMessageContaining("several fleets");
            store.write(read, read.state().decide(decision("new"), names(45_000), 0));
            Versioned begun = store.read();
            store.write(begun, begun.state().abort("anna", Instant.EPOCH));
            assertThat(store.history()).singleElement().extracting(Rollout::members).isEqualTo(45_000);
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(each -> String.format("node-%05d", each)).toList();
    }

    @Test
    void aReportOfAnotherSession_isLeftAlone() throws Exception {
        Report report = new Report("n1", "i", "p", "e", "b", Optional.empty(), 0, Answer.NONE, "", Duration.ZERO, 0,
                Instant.EPOCH);
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework other = client(server)) {
            try (CuratorFramework mine = client(server)) {
                FleetStore store = new FleetStore(mine, "f");
                store.prepare();
                assertThat(store.report(report)).isTrue();
                assertThat(store.report(report)).isTrue();
                assertThat(new FleetStore(other, "f").report(report)).isFalse();
            }
            FleetStore store = new FleetStore(other, "f");
            assertThat(store.reports()).as("it ends with its session").isEmpty();
            assertThat(store.report(report)).isTrue();
        }
    }

    @Test
    void theReportsOfAFleet_areReadInOneGo_whateverElseLiesThere() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find()); CuratorFramework client = client(server)) {
            FleetStore store = new FleetStore(client, "f");
            store.prepare();
            List<String> nodes = names(300);
            for (String node : nodes) {
                store.report(new Report(node, "i", "p", "e", "b", Optional.empty(), 0, Answer.NONE, "", Duration.ZERO,
                        0, Instant.EPOCH));
            }
            client.create().forPath(store.nodesPath() + "/large", new byte[1_000_000]);
            client.create().forPath(store.nodesPath() + "/empty", new byte[0]);
            assertThat(store.reports().keySet()).containsExactlyElementsOf(nodes);
            store.leave("node-00000");
            assertThat(store.reports()).hasSize(299);
            client.setACL().withACL(List.of(new ACL(ZooDefs.Perms.WRITE, new Id("world", "anyone"))))
                    .forPath(store.nodesPath() + "/empty");
            assertThatThrownBy(store::reports).isInstanceOf(KeeperException.NoAuthException.class)
                    .hasMessageContaining("/aio/f/nodes/empty");
        }
    }
}
