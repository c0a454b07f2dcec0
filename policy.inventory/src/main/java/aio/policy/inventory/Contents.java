package aio.policy.inventory;

import aio.loop.LoopDirectory;
import aio.loop.UserLoad;
import aio.policy.AbsentPolicy;
import aio.policy.Canary;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyTrial;
import aio.policy.console.json.JsonRows;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that is printed: names of fields are those of the commands' {@code --json}. Any thread. */
final class Contents {
    private final PolicyDirectory policies;
    private final LoopDirectory loops;

    Contents(PolicyDirectory policies, LoopDirectory loops) {
        this.policies = policies;
        this.loops = loops;
    }

    /** Returns what is there now. */
    Map<String, Object> now() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("current", policies.current().map(PolicyInfo::name));
        all.put("pinned", policies.pinned());
        all.put("pinnedUntil", policies.pinnedUntil());
        all.put("pins", policies.pins());
        all.put("ranks", policies.ranks());
        all.put("confirmed", policies.confirmed());
        all.put("trial", policies.trial().map(Contents::trial));
        all.put("policies", policies.policies().stream().map(JsonRows::of).toList());
        all.put("absent", policies.absent().stream().map(Contents::absent).toList());
        all.put("loops", loops.loops().stream().map(JsonRows::of).toList());
        all.put("statistics", loops.statistics().stream().map(JsonRows::of).toList());
        all.put("loads", loops.loads().stream().map(Contents::load).toList());
        all.put("blocks", loops.blocks().stream().map(JsonRows::of).toList());
        all.put("history", policies.history().stream().map(JsonRows::of).toList());
        return all;
    }

    private static Map<String, Object> trial(PolicyTrial trial) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("policy", trial.policy());
        row.put("canary", trial.canary().map(Canary::toString));
        row.put("state", trial.state());
        row.put("began", trial.began());
        row.put("until", trial.until());
        row.put("text", trial.text());
        return row;
    }

    private static Map<String, Object> absent(AbsentPolicy policy) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", policy.name());
        row.put("bundle", policy.bundle());
        row.put("absence", policy.absence());
        row.put("advice", policy.advice());
        return row;
    }

    private static Map<String, Object> load(UserLoad load) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("loop", load.loop());
        row.put("type", load.type());
        row.put("bundle", load.bundle());
        row.put("busyNanos", load.busy().toNanos());
        return row;
    }
}
