package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.Figures;
import aio.dist.Node;
import aio.testkit.net.Traffic;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients on each of some nodes, which check every byte; its end fails if one of them, or a node, has lost a
 * connection. Confined to one thread.
 */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final Duration REST = Duration.ofMillis(1);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<Node, Traffic> traffic = new LinkedHashMap<>();
    private final Map<Node, Figures> before = new LinkedHashMap<>();
    private final Report report;

    private Load(Report report) {
        this.report = report;
    }

    /** Starts clients on all nodes, each of which serves already; what they do becomes part of a report. */
    static Load on(Collection<? extends Node> nodes, Report report) throws Exception {
        Load load = new Load(report);
        for (Node node : nodes) {
            load.before.put(node, node.figures());
            load.traffic.put(node, Traffic.start(node.echo(), CLIENTS, REST));
        }
        load.awaitProgress();
        return load;
    }

    /** Waits until something that was sent after the call has come back from each node. */
    void awaitProgress() {
        traffic.values().forEach(Traffic::awaitProgress);
    }

    /** Continues until a time, by {@link System#nanoTime}. */
    void continueUntil(long nanos) {
        while (System.nanoTime() - nanos < 0) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            awaitProgress();
        }
    }

    /** Returns how often the policy of a node has changed since the start. */
    long changes(Node node) throws Exception {
        return node.figures().changes() - before.get(node).changes();
    }

    @Override
    public void close() throws Exception {
        AssertionError failure = null;
        for (Map.Entry<Node, Traffic> each : traffic.entrySet()) {
            try {
                each.getValue().stop();
            } catch (AssertionError e) {
                AssertionError named = new AssertionError(each.getKey().name() + ": " + e.getMessage(), e);
                if (failure == null) {
                    failure = named;
                } else {
                    failure.addSuppressed(named);
                }
            }
            report.echoed(each.getValue().roundTrips(), each.getValue().connects());
        }
        if (failure != null) {
            throw failure;
        }
        Map<String, Long> lost = new TreeMap<>();
        for (Map.Entry<Node, Figures> each : before.entrySet()) {
            lost.put(each.getKey().name(), each.getKey().figures().lost() - each.getValue().lost());
        }
        report.lost(lost.values().stream().mapToLong(Long::longValue).sum());
        assertThat(lost.values()).as("lost connections by node: " + lost).containsOnly(0L);
    }
}
