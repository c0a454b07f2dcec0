package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.Wave;
import aio.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** Nodes of one fleet in this process, on servers that a test has started. Confined to the test's thread. */
final class TestFleet implements AutoCloseable {
    static final Duration SESSION = Duration.ofSeconds(2);
    /** After that time a node has started. */
    static final Duration UP = Duration.ofSeconds(20);
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(50));
    private static final int TICK_MILLIS = 250; // a session cannot be shorter than two of them
    private static final long SECONDS = 30;

    final Map<String, FleetNode> nodes = new LinkedHashMap<>();
    final Map<String, FakeEngine> engines = new LinkedHashMap<>();
    /** Several of them lie between two looks of a coordinator, which takes ten as a time in which it stood still. */
    private static final Duration TICK = Duration.ofMillis(150);
    private final AtomicLong ahead = new AtomicLong();
    private final Path folder;

    TestFleet(Path folder) {
        this.folder = folder;
    }

    /** Starts a server with which sessions may be short. */
    static TestingServer server() throws Exception {
        return new TestingServer(new InstanceSpec(null, FreePort.find(), -1, -1, true, -1, TICK_MILLIS, -1), true);
    }

    /** Starts a node; one of a name that was here before has its engine and its memory. */
    FleetNode start(String name, String connect) throws Exception {
        return start(name, connect, () -> System.nanoTime() + ahead.get(), Clock.systemUTC());
    }

    /** Lets time pass for the nodes as if they stood still: who coordinates counts it for nothing. */
    void pass(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    FleetNode start(String name, String connect, LongSupplier nanos, Clock clock) throws Exception {
        FakeEngine engine = engines.computeIfAbsent(name, any -> new FakeEngine("default", "old", "new", "bad"));
        FleetNode node = new FleetNode(settings(name, connect, Optional.empty()), engine,
                new MemoryFile(folder.resolve(name)), PACE, nanos, clock);
        nodes.put(name, node);
        node.start();
        return node;
    }

    static Settings settings(String name, String connect, Optional<String> digest) {
        return new Settings(connect, "test", name, digest, Optional.empty(), SESSION);
    }

    /** Makes a client as that of a node. */
    static CuratorFramework client(String connect) {
        return Clients.of(settings("client", connect, Optional.empty()));
    }

    /** Starts nodes n1 to n{@code count}, and waits until all have reported. */
    void startAll(int count, String connect) throws Exception {
        for (int i = 1; i <= count; i++) {
            start("n" + i, connect);
        }
        await("all nodes", () -> any().isConnected() && any().reports().size() == count);
        pass(UP); // a policy that is not there now is none that the framework is about to start
    }

    /** Returns a node, one in touch with ZooKeeper if there is one. */
    FleetNode any() {
        return nodes.values().stream().filter(FleetNode::isConnected).findFirst()
                .orElseGet(() -> nodes.values().iterator().next());
    }

    FakeEngine engine(String name) {
        return engines.get(name);
    }

    void stop(String name) {
        nodes.remove(name).close();
    }

    static Decision decision(String policy, String waves, long watchMillis) {
        return decision(policy, waves, watchMillis, false, Duration.ofSeconds(10));
    }

    static Decision decision(String policy, String waves, long watchMillis, boolean allowRefused, Duration patience) {
        return new Decision(policy, Wave.list(waves), Duration.ofMillis(watchMillis), Optional.empty(),
                Optional.empty(), allowRefused, patience, "anna", Instant.now());
    }

    /** Returns the node that coordinates, and waits for one. */
    String coordinator() throws Exception {
        await("a coordinator", () -> any().coordinator().filter(nodes::containsKey).isPresent());
        return any().coordinator().orElseThrow();
    }

    /** Waits until no roll-out is under way; returns the last one. */
    Rollout awaitEnd() throws Exception {
        try {
            await("end", () -> any().state().underWay().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError(any().state() + ", coordinator " + any().coordinator() + ", " + any().reports(),
                    e);
        }
        return any().state().rollout().orElseThrow();
    }

    Rollout awaitEnd(Phase phase) throws Exception {
        Rollout over = awaitEnd();
        if (over.phase() != phase) {
            throw new AssertionError("it is " + over.stand() + ": " + over.reason() + ", expected " + phase);
        }
        return over;
    }

    /** Lets time pass for the nodes little by little: who coordinates looks meanwhile, and counts it. */
    void passInSteps(Duration time) throws Exception {
        AtomicLong left = new AtomicLong(time.toNanos());
        await("the time passes", () -> {
            pass(TICK);
            return left.addAndGet(-TICK.toNanos()) <= 0;
        });
    }

    /** As {@link #awaitEnd(Phase)}, while time passes for the nodes: whatever they wait for has had its time first. */
    Rollout awaitEndOfPatience(Phase phase) throws Exception {
        await("end", () -> {
            pass(TICK);
            return any().state().underWay().isEmpty();
        });
        return awaitEnd(phase);
    }

    /** Waits until every node is on a policy, and says that its last order is done. */
    void awaitPolicy(String policy) throws Exception {
        for (String name : nodes.keySet()) {
            awaitPolicy(name, policy);
        }
    }

    void awaitPolicy(String name, String policy) throws Exception {
        await(name + " on " + policy, () -> {
            Report report = any().reports().get(name);
            return report != null && report.policy().equals(policy)
                    && report.order() >= any().state().order(name).number();
        });
    }

    /** Waits for something, with a bound; what fails meanwhile is asked again. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not seen within " + SECONDS + " s: " + what, last);
    }

    @Override
    public void close() throws IOException {
        nodes.values().parallelStream().forEach(FleetNode::close);
    }
}
