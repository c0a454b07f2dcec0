package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Rollout;
import aio.testkit.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How long a decision takes in fleets of growing size, and what it costs the server: all nodes and one server in this
 * process, at the pace of real ones, with engines that are made up. The system property {@code fleet.nodes} names the
 * sizes, such as {@code 1,10,100,1000}; the figures are added to {@code target/fleet-scale.csv} as they are seen.
 */
@EnabledIfSystemProperty(named = FleetScaleTest.SIZES, matches = ".+", disabledReason = "no sizes: -Dfleet.nodes=1,10")
@Timeout(900)
class FleetScaleTest {
    static final String SIZES = "fleet.nodes";
    private static final int CONNECTIONS = 20_000;
    private static final int CALM_SECONDS = 60;
    private static final int AT_ONCE = 50;
    private static final Duration SESSION = Duration.ofSeconds(60); // the longest that the server grants
    private static final Path FILE = Path.of("target", "fleet-scale.csv");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String HEAD = "nodes,joined s,threads of a node,swapped s,done s,requests of a node in it,"
            + "swapped in waves s,done in waves s,requests of a node a minute,state bytes,reports bytes,sessions lost";

    @TempDir
    private Path folder;

    private final List<FleetNode> nodes = new ArrayList<>();
    private final List<FakeEngine> engines = new ArrayList<>();

    static List<Integer> sizes() {
        return List.of(System.getProperty(SIZES).split(",")).stream().map(Integer::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aDecision_reachesAllNodes(int size) throws Exception {
        System.setProperty("zookeeper.4lw.commands.whitelist", "srvr");
        tell(Files.exists(FILE) ? "\n" + size : HEAD + "\n" + size);
        try (TestingServer server = new TestingServer(
                new InstanceSpec(null, FreePort.find(), -1, -1, true, -1, -1, CONNECTIONS), true)) {
            int threads = Thread.activeCount();
            long begin = System.nanoTime();
            start(size, server);
            tell(seconds(begin));
            tell(",%.1f", (Thread.activeCount() - threads) / (double) size);
            Set<Long> sessions = sessions();
            long before = received(server);
            rollOut("new", "100%");
            tell(",%.1f", (received(server) - before) / (double) size);
            rollOut("old", "1,10%,100%");
            tell(",%.1f", calm(server) / (double) size);
            tell(bytes(nodes.get(0).client()));
            sessions.removeAll(sessions());
            tell("," + sessions.size());
            assertThat(nodes.get(0).reports()).hasSize(size);
        } finally {
            close();
        }
    }

    private static void tell(String format, Object... figures) throws IOException {
        Files.writeString(FILE, String.format(Locale.ROOT, format, figures), StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** In groups: a thousand machines do not start in one moment either, and none has two processors for all. */
    private void start(int size, TestingServer server) throws Exception {
        for (int i = 0; i < size; i++) {
            String name = String.format("node-%05d", i);
            FakeEngine engine = new FakeEngine("default", "old", "new");
            Settings settings = new Settings(server.getConnectString(), "scale", name, Optional.empty(),
                    Optional.empty(), SESSION);
            FleetNode node = new FleetNode(settings, engine, new MemoryFile(folder.resolve(name)), Pace.normal(),
                    System::nanoTime, Clock.systemUTC());
            nodes.add(node);
            engines.add(engine);
            node.start();
            if ((i + 1) % AT_ONCE == 0 || i + 1 == size) {
                int started = i + 1;
                untilDone(started + " nodes", () -> nodes.get(0).isConnected() && names() == started);
            }
        }
        untilDone("all reports", () -> nodes.get(0).reports().size() == size);
    }

    private Set<Long> sessions() throws Exception {
        Set<Long> sessions = new HashSet<>();
        for (FleetNode node : nodes) {
            sessions.add(node.client().getZookeeperClient().getZooKeeper().getSessionId());
        }
        return sessions;
    }

    /** Each node waits for the server, so many wait at once. */
    private void close() throws InterruptedException {
        ExecutorService closing = Executors.newFixedThreadPool(AT_ONCE);
        nodes.forEach(node -> closing.execute(node::close));
        closing.shutdown();
        assertThat(closing.awaitTermination(2, TimeUnit.MINUTES)).as("all are closed").isTrue();
    }

    private int names() throws Exception {
        try {
            return nodes.get(0).client().getChildren().forPath("/aio/scale/nodes").size();
        } catch (KeeperException.NoNodeException notMadeYet) {
            return 0;
        }
    }

    private void rollOut(String policy, String waves) throws Exception {
        FleetNode operator = nodes.get(0);
        long begin = System.nanoTime();
        operator.decide(decision(policy, waves, 0, false, Duration.ofMinutes(5)));
        untilDone("all have swapped", () -> engines.stream()
                .allMatch(each -> each.pinned().filter(policy::equals).isPresent()));
        tell(seconds(begin));
        untilDone("it is over", () -> operator.state().underWay().isEmpty());
        tell(seconds(begin));
        Rollout over = operator.state().rollout().orElseThrow();
        assertThat(over.phase()).as(over.reason()).isEqualTo(Phase.DONE);
    }

    /** A test may wait for 30 s, and a thousand nodes on two processors take longer. */
    private static void untilDone(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                await(what, condition);
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Returns how many requests all nodes send in a minute in which nothing is decided. */
    private static long calm(TestingServer server) throws IOException {
        long before = received(server);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALM_SECONDS);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return received(server) - before;
    }

    private static long received(TestingServer server) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return told.lines().filter(each -> each.startsWith("Received: ")).findFirst()
                    .map(each -> Long.valueOf(each.substring("Received: ".length()).trim())).orElseThrow();
        }
    }

    private static String bytes(CuratorFramework client) throws Exception {
        int state = length(client, "/aio/scale/desired") + length(client, "/aio/scale/rollout");
        int reports = 0;
        for (String node : client.getChildren().forPath("/aio/scale/nodes")) {
            reports += length(client, "/aio/scale/nodes/" + node);
        }
        return "," + state + "," + reports;
    }

    private static int length(CuratorFramework client, String path) throws Exception {
        return client.getData().forPath(path).length;
    }

    private static String seconds(long begin) {
        return String.format(Locale.ROOT, ",%.2f", (System.nanoTime() - begin) / NANOS_PER_SECOND);
    }
}
