package aio.policy.console.json;

import aio.loop.ConnectionInfo;
import aio.loop.Distribution;
import aio.loop.LoopBlock;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.loop.TaskInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the rows of the commands have in JSON. The keys are the names of the methods, with the unit of durations; what
 * is absent is null.
 */
public final class JsonRows {
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private JsonRows() {}

    /** Returns a policy. */
    public static Map<String, Object> of(PolicyInfo policy) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", policy.name());
        row.put("state", policy.state());
        row.put("reason", policy.reason());
        row.put("pinned", policy.pinned());
        row.put("scopes", policy.scopes());
        row.put("ranking", policy.ranking());
        row.put("source", policy.source());
        row.put("serviceId", policy.serviceId());
        row.put("driver", policy.driver());
        row.put("loops", policy.loops());
        row.put("bundle", policy.bundle());
        row.put("home", policy.home());
        row.put("why", policy.why());
        return row;
    }

    /** Returns a change. */
    public static Map<String, Object> of(PolicyChange change) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", change.number());
        row.put("when", change.when());
        row.put("scope", change.scope());
        row.put("from", change.from());
        row.put("to", change.to());
        row.put("reason", change.reason());
        row.put("cause", change.cause());
        row.put("actor", change.actor());
        row.put("who", change.who());
        row.put("loops", change.loops());
        row.put("toFollow", change.toFollow());
        row.put("kept", change.kept());
        row.put("lost", change.lost());
        row.put("longestPauseNanos", change.longestPause().toNanos());
        row.put("durationNanos", change.duration().toNanos());
        row.put("stayed", change.stayed());
        return row;
    }

    /** Returns what a loop has counted and timed. */
    public static Map<String, Object> of(LoopStatistics loop) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("loop", loop.loop());
        row.put("ageNanos", loop.age().toNanos());
        row.put("busyNanos", loop.busy().toNanos());
        row.put("waitingNanos", loop.waiting().toNanos());
        row.put("utilization", loop.utilization());
        put(row, "delay", loop.delay());
        put(row, "timerDelay", loop.timerDelay());
        row.put("turns", loop.turns());
        row.put("callbacks", loop.callbacks());
        row.put("timers", loop.timers());
        row.put("bytesReceived", loop.bytesReceived());
        row.put("bytesSent", loop.bytesSent());
        row.put("bytesQueued", loop.bytesQueued());
        row.put("accepted", loop.accepted());
        row.put("acceptsFailed", loop.acceptsFailed());
        row.put("connected", loop.connected());
        row.put("connectsFailed", loop.connectsFailed());
        row.put("ended", loop.ended());
        row.put("lost", loop.lost());
        row.put("handshakes", loop.handshakes());
        row.put("handshakesFailed", loop.handshakesFailed());
        put(row, "pauses", loop.pauses());
        return row;
    }

    private static void put(Map<String, Object> row, String name, Distribution times) {
        row.put(name + "P50Nanos", times.percentile(MEDIAN).toNanos());
        row.put(name + "P99Nanos", times.percentile(TAIL).toNanos());
        row.put(name + "LongestNanos", times.longest().toNanos());
    }

    /** Returns an address as people write it: by number if it is one of the Internet. */
    public static String address(SocketAddress address) {
        if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
            String host = internet.getAddress().getHostAddress();
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + internet.getPort();
        }
        String text = address.toString();
        return text.isEmpty() ? "unnamed" : text;
    }

    /** Returns a connection. */
    public static Map<String, Object> of(ConnectionInfo connection) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", connection.id());
        row.put("loop", connection.loop());
        row.put("peer", connection.peer().map(JsonRows::address));
        row.put("local", connection.local().map(JsonRows::address));
        row.put("bytesReceived", connection.bytesReceived());
        row.put("bytesSent", connection.bytesSent());
        row.put("bytesQueued", connection.bytesQueued());
        row.put("ageNanos", connection.age().toNanos());
        row.put("state", connection.state());
        row.put("isReading", connection.isReading());
        row.put("tls", connection.tls());
        row.put("protocol", connection.protocol());
        row.put("bundle", connection.bundle());
        return row;
    }

    /** Returns a task. */
    public static Map<String, Object> of(TaskInfo task) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", task.id());
        row.put("name", task.name());
        row.put("loop", task.loop());
        row.put("work", task.work());
        row.put("bundle", task.bundle());
        row.put("hasBegun", task.hasBegun());
        row.put("isCancelling", task.isCancelling());
        row.put("waitsFor", task.waitsFor());
        row.put("waitsForTask", task.waitsForTask());
        return row;
    }

    /** Returns what has held up a loop. */
    public static Map<String, Object> of(LoopBlock block) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("loop", block.loop());
        row.put("thread", block.thread());
        row.put("since", block.since());
        row.put("lastedNanos", block.lasted().toNanos());
        row.put("isOver", block.isOver());
        row.put("culprit", block.culprit());
        row.put("bundle", block.bundle());
        row.put("stack", block.stack());
        return row;
    }

    /** Returns a loop. */
    public static Map<String, Object> of(LoopInfo loop) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", loop.name());
        row.put("state", loop.state());
        row.put("thread", loop.thread());
        row.put("bundle", loop.bundle());
        row.put("driver", loop.driver());
        row.put("driverBundle", loop.driverBundle());
        row.put("follows", loop.follows());
        row.put("managed", loop.managed());
        row.put("bundle", loop.bundle());
        row.put("connections", loop.connections());
        row.put("listeners", loop.listeners());
        row.put("datagrams", loop.datagrams());
        row.put("connecting", loop.connecting());
        row.put("watched", loop.watched());
        row.put("ready", loop.ready());
        row.put("timers", loop.timers());
        row.put("tasks", loop.tasks());
        row.put("turns", loop.turns());
        row.put("exchanges", loop.exchanges());
        row.put("longestPauseNanos", loop.longestPause().toNanos());
        return row;
    }
}
