package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.EchoClient;
import aio.dist.FelixNode;
import aio.dist.Fleet;
import aio.dist.Node;
import aio.dist.ReadOnly;
import aio.dist.Recipe;
import aio.dist.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * The whole of docs/fleet.md: two Felix and two Karaf that read one folder, which is laid out as a ConfigMap, while
 * clients check every byte. It takes minutes, and so runs with {@code -Pfleet} only.
 */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final long POLL_MILLIS = 2000;
    private static final long BOUND_MILLIS = 2 * POLL_MILLIS + 2000;
    private static final int CHANGES = 20;
    private static final long STOPPED_SECONDS = 20;
    /** Files that nobody meant to write, and what is logged of them. */
    private static final Map<String, String> HALVES = Map.of(
            "", "policy: configuration 'aio.policy' is not taken: it has no key: file 'file:",
            "pin=\"winsel", "policy: configuration 'aio.policy' is not taken: its pin is '\"winsel', which ends within"
                    + " quotes, so it is half of file 'file:");
    private static final String NOT_WRITTEN = "is not written to configuration 'aio.policy'";
    private static final String DIFFERS = "differs from the configuration 'aio.policy'";

    @TempDir
    private static Path folder;

    private static final Report REPORT = new Report();
    private static final List<Node> NODES = new ArrayList<>();
    private static SharedFolder shared;
    private static List<String> prefix;
    private static String watch;

    @BeforeAll
    static void start() throws Exception {
        shared = SharedFolder.in(Files.createDirectory(folder.resolve("shared")));
        shared.publish(Recipe.DECISION, Recipe.decision("default"));
        prefix = ReadOnly.prefix(shared.path());
        watch = Recipe.watch(shared.path(), POLL_MILLIS);
        REPORT.say("2 Felix and 2 Karaf, " + (prefix.isEmpty()
                ? "no read-only mount is allowed here: " + ReadOnly.SAVES + "=false instead" : "a read-only mount")
                + ", a poll of " + POLL_MILLIS + " ms, so a bound of " + BOUND_MILLIS + " ms");
        List<KarafNode> karafs = new ArrayList<>();
        for (String name : List.of("karaf-1", "karaf-2")) {
            karafs.add(KarafNode.start(Files.createDirectory(folder.resolve(name)), prefix, watch));
            NODES.add(karafs.get(karafs.size() - 1));
        }
        for (String name : List.of("felix-1", "felix-2")) {
            NODES.add(FelixNode.start(folder.resolve(name), prefix, watch));
        }
        for (KarafNode karaf : karafs) {
            karaf.install();
        }
        for (Node node : NODES) {
            Fleet.awaitAnswer(node, "policy:list", "* default ", "current, pinned", " winselector ", " winproactor ");
            Fleet.follow(List.of(node), "default", System.nanoTime());
            Fleet.awaitEcho(node);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        REPORT.print();
        for (Node node : NODES) {
            node.close();
        }
    }

    /** Publishes a decision; returns after how many milliseconds the last of the nodes has followed. */
    private static long decide(String policy, Collection<? extends Node> nodes) throws IOException {
        long begin = System.nanoTime();
        shared.publish(Recipe.DECISION, Recipe.decision(policy));
        return followed(nodes, policy, begin);
    }

    private static long followed(Collection<? extends Node> nodes, String policy, long begin) throws IOException {
        long millis = Fleet.follow(nodes, policy, begin);
        assertThat(millis).as("milliseconds until '" + policy + "' was current").isLessThanOrEqualTo(BOUND_MILLIS);
        return millis;
    }

    private static List<Node> others(List<Node> some) {
        return NODES.stream().filter(node -> !some.contains(node)).toList();
    }

    private static void replace(Node ended, Node started) {
        NODES.set(NODES.indexOf(ended), started);
    }

    @Test
    @Order(1)
    void twentyChanges_reachAllNodesInTime_underLoad() throws Exception {
        List<Long> millis = new ArrayList<>();
        try (Load load = Load.on(NODES, REPORT)) {
            for (int i = 0; i < CHANGES; i++) {
                millis.add(decide(List.of("winproactor", "winselector", "default").get(i % 3), NODES));
                load.awaitProgress();
            }
            for (Node node : NODES) {
                assertThat(load.changes(node)).as("changes of " + node.name()).isEqualTo(CHANGES);
            }
        }
        REPORT.times("changes until the last node", millis);
    }

    @Test
    @Order(2)
    void lateStarters_haveTheDecision_soonAfterTheyServe() throws Exception {
        decide("default", NODES);
        List<Node> ended = List.of(NODES.get(0), NODES.get(2)); // with a decision that is old when they return
        List<Long> millis = new ArrayList<>();
        for (Node node : ended) {
            node.close();
        }
        Node fresh = null;
        try (Load load = Load.on(others(ended), REPORT)) {
            decide("winproactor", others(ended));
            decide("winselector", others(ended));
            for (Node node : ended) {
                Node again = node.again();
                replace(node, again);
                millis.add(served(again));
            }
            fresh = FelixNode.start(folder.resolve("felix-3"), prefix, watch);
            millis.add(served(fresh));
            load.awaitProgress();
            List<Node> all = new ArrayList<>(NODES);
            all.add(fresh);
            decide("winproactor", all);
        } finally {
            if (fresh != null) {
                fresh.close();
            }
        }
        REPORT.times("late starters, from their first connection", millis);
    }

    /** Returns how many milliseconds a node had served when it had the decision. */
    private static long served(Node late) throws Exception {
        Fleet.awaitEcho(late);
        long millis = followed(List.of(late), "winselector", System.nanoTime());
        assertThat(Fleet.awaitAnswer(late, "policy:why", "winselector")).doesNotContain("differs");
        return millis;
    }

    @Test
    @Order(3)
    void nodesThatStoodStill_follow_whenTheyContinue() throws Exception {
        decide("default", NODES);
        List<Node> still = List.of(NODES.get(1), NODES.get(3));
        List<EchoClient> clients = new ArrayList<>();
        Map<Node, Long> changes = new HashMap<>();
        Map<Node, Long> lost = new HashMap<>();
        for (Node node : still) {
            changes.put(node, node.figures().changes());
            lost.put(node, node.figures().lost());
            for (int i = 0; i < 2; i++) {
                clients.add(EchoClient.connect(node.echo()));
            }
        }
        clients.forEach(EchoClient::awaitProgress);
        try (Load load = Load.on(others(still), REPORT)) {
            standStill(still, load);
            REPORT.say("a Felix and a Karaf stopped for " + STOPPED_SECONDS + " s: both followed "
                    + followed(still, "winselector", System.nanoTime()) + " ms after they had continued");
            clients.forEach(EchoClient::awaitProgress);
        }
        for (EchoClient client : clients) {
            assertThat(client.stop()).as("what went wrong with a connection of a node that stood still").isNull();
            REPORT.echoed(client.answered(), 1);
        }
        for (Node node : still) {
            assertThat(node.figures().changes() - changes.get(node)).as(node.name()).isOne();
            REPORT.lost(node.figures().lost() - lost.get(node));
            assertThat(node.figures().lost()).as(node.name()).isEqualTo(lost.get(node));
        }
    }

    /** Two decisions are missed. */
    private static void standStill(List<Node> still, Load load) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPED_SECONDS);
        try {
            for (Node node : still) {
                node.signal("STOP");
            }
            decide("winproactor", others(still));
            decide("winselector", others(still));
            load.continueUntil(end);
        } finally {
            for (Node node : still) {
                node.signal("CONT");
            }
        }
    }

    @Test
    @Order(4)
    void policyThatIsMissingOnOneNode_isWaitedForThere() throws Exception {
        decide("default", NODES);
        Node without = NODES.get(1);
        without.ask("feature:uninstall aio-winselector");
        try (Load load = Load.on(NODES, REPORT)) {
            int begin = without.log().length();
            decide("winselector", others(List.of(without)));
            followed(List.of(without), "winproactor", System.nanoTime()); // the best one that it has
            Fleet.awaitLog(without, begin, "policy: the pin of the configuration waits, and rankings and code"
                    + " decide: no policy 'winselector'; present: winproactor, default");
            assertThat(without.ask("policy:why")).contains("pinned: 'winselector', which is not there");
            without.ask("feature:install aio-winselector");
            REPORT.say("a policy that was missing on one node: current there "
                    + followed(List.of(without), "winselector", System.nanoTime()) + " ms after its feature had come");
            load.awaitProgress();
        }
    }

    @Test
    @Order(5)
    void halfAFile_andAnEmptyOne_changeNothing_andEachNodeSaysSo() throws Exception {
        decide("default", NODES);
        try (Load load = Load.on(NODES, REPORT)) {
            for (Map.Entry<String, String> file : HALVES.entrySet()) {
                Map<Node, Integer> logged = new HashMap<>();
                for (Node node : NODES) {
                    logged.put(node, node.log().length());
                }
                shared.publish(Recipe.DECISION, file.getKey());
                for (Node node : NODES) {
                    Fleet.awaitLog(node, logged.get(node), file.getValue());
                    assertThat(node.ask("policy:why")).contains(DIFFERS + ", which is not taken");
                    assertThat(node.figures().current()).isEqualTo("default");
                    assertThat(load.changes(node)).isZero();
                }
            }
            decide("winselector", NODES);
            for (Node node : NODES) {
                assertThat(node.ask("policy:why")).doesNotContain("differs");
            }
        }
    }

    @Test
    @Order(6)
    void deletedFile_leavesItToTheRankings() throws Exception {
        decide("default", NODES);
        try (Load load = Load.on(NODES, REPORT)) {
            long begin = System.nanoTime();
            shared.publish(Map.of(), FileTime.from(Instant.now()));
            REPORT.say("a deleted file: all went by their rankings after "
                    + followed(NODES, "winselector", begin) + " ms");
            for (Node node : NODES) {
                assertThat(node.ask("policy:list")).contains("* winselector ").doesNotContain("pinned");
            }
            decide("default", NODES);
            load.awaitProgress();
        }
        Node down = NODES.get(2);
        down.close();
        shared.publish(Map.of(), FileTime.from(Instant.now()));
        followed(others(List.of(down)), "winselector", System.nanoTime());
        Node again = down.again();
        replace(down, again);
        Fleet.awaitAnswer(again, "policy:why", "has the pin 'default' from file 'file:", "which is gone",
                "and policy:auto until a restart");
        Fleet.follow(List.of(again), "default", System.nanoTime());
        decide("winproactor", NODES);
    }

    @Test
    @Order(7)
    void pinOfTheConsole_holdsOnItsNodeAlone_untilTheFileChanges() throws Exception {
        decide("default", NODES);
        List<Node> pinned = List.of(NODES.get(0), NODES.get(2));
        try (Load load = Load.on(NODES, REPORT)) {
            for (Node node : pinned) {
                int begin = node.log().length();
                String shown = node.ask("policy:use winproactor");
                assertThat(shown).contains("policy: default -> winproactor (operator pinned it)")
                        .doesNotContain("Exception", "\tat ");
                assertThat(node.log().substring(begin).lines().filter(line -> line.contains(NOT_WRITTEN)))
                        .as(node.name()).hasSize(1);
                assertThat(node.ask("policy:why")).contains(DIFFERS + ", which has the pin 'default'");
                assertThat(node.figures().current()).isEqualTo("winproactor");
            }
            assertThat(Files.readString(shared.file(Recipe.DECISION))).isEqualTo(Recipe.decision("default"));
            load.continueUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * POLL_MILLIS));
            for (Node node : others(pinned)) {
                assertThat(load.changes(node)).as(node.name()).isZero();
            }
            decide("winselector", NODES);
            for (Node node : NODES) {
                assertThat(node.ask("policy:why")).doesNotContain("differs");
            }
        }
    }
}
