package aio.policy.console;

import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the rows of the commands have in JSON. The keys are the names of the methods, with the unit of durations; what
 * is absent is null.
 */
final class JsonRows {
    private JsonRows() {}

    static Map<String, Object> of(PolicyInfo policy) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", policy.name());
        row.put("state", policy.state());
        row.put("reason", policy.reason());
        row.put("pinned", policy.pinned());
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

    static Map<String, Object> of(PolicyChange change) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", change.number());
        row.put("when", change.when());
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

    static Map<String, Object> of(LoopInfo loop) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", loop.name());
        row.put("state", loop.state());
        row.put("thread", loop.thread());
        row.put("driver", loop.driver());
        row.put("driverBundle", loop.driverBundle());
        row.put("follows", loop.follows());
        row.put("managed", loop.managed());
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
