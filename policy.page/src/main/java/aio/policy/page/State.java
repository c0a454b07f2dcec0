package aio.policy.page;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.AbsentPolicy;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyTrial;
import aio.policy.console.json.Json;
import aio.policy.console.json.JsonRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that the page shows, as JSON: names of fields are those of the commands' {@code --json}. Any thread. */
final class State {
    /** How many changes the page shows. */
    private static final int CHANGES = 50;

    private final PolicyDirectory directory;
    private final LoopDirectory loops;
    private final Samples samples;
    private final Swaps swaps;

    State(PolicyDirectory directory, LoopDirectory loops, Samples samples, Swaps swaps) {
        this.directory = directory;
        this.loops = loops;
        this.samples = samples;
        this.swaps = swaps;
    }

    /**
     * Returns it for one user.
     *
     * @param token of the user; with it a request changes something
     * @param after the number of the last interval that the page has got
     */
    String json(String user, boolean mayChange, String token, long after) {
        long now = System.currentTimeMillis();
        List<LoopInfo> open = loops.loops();
        samples.look(open, now);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("now", now);
        state.put("user", user);
        state.put("mayChange", mayChange);
        state.put("token", token);
        state.put("latest", samples.latest());
        state.put("pinned", directory.pinned());
        state.put("pinnedUntil", directory.pinnedUntil());
        state.put("pins", pins());
        state.put("ranks", directory.ranks());
        state.put("trial", directory.trial().map(State::trial));
        state.put("policies", directory.policies().stream().map(JsonRows::of).toList());
        state.put("absent", directory.absent().stream().map(State::absent).toList());
        state.put("loops", open.stream().map(loop -> loop(loop, after)).toList());
        state.put("swaps", swaps.rows(loops));
        state.put("history", history());
        return Json.text(state);
    }

    private List<Map<String, Object>> pins() {
        List<Map<String, Object>> pins = new ArrayList<>();
        directory.pins().forEach((scope, policy) ->
                pins.add(Map.of("scope", scope.toString(), "policy", policy)));
        return pins;
    }

    private static Map<String, Object> trial(PolicyTrial trial) {
        return Map.of("policy", trial.policy(), "state", trial.state(), "text", trial.text());
    }

    private static Map<String, Object> absent(AbsentPolicy policy) {
        return Map.of("name", policy.name(), "bundle", policy.bundle(), "absence", policy.absence(),
                "advice", policy.advice());
    }

    private Map<String, Object> loop(LoopInfo loop, long after) {
        Map<String, Object> row = JsonRows.of(loop);
        row.put("samples", samples.of(loop.name(), after));
        return row;
    }

    /** Returns the changes, the latest first. */
    private List<Map<String, Object>> history() {
        List<PolicyChange> all = directory.history();
        List<PolicyChange> latest = new ArrayList<>(all.subList(Math.max(0, all.size() - CHANGES), all.size()));
        Collections.reverse(latest);
        return latest.stream().map(JsonRows::of).toList();
    }
}
