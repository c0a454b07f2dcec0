package aio.policy.page;

import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyPlan;
import aio.policy.PolicyScope;
import aio.policy.console.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an operator does on the page; changes name who that was. Any thread; blocks as {@link PolicyAdmin} does. */
final class Actions {
    private final PolicyAdmin admin;

    Actions(PolicyAdmin admin) {
        this.admin = admin;
    }

    /**
     * Does what a request asks for, and returns what has changed as JSON.
     *
     * @throws IllegalArgumentException if it asks for nothing that there is; the message says for what it can
     */
    String act(PageRequest request, String user) {
        PolicyAdmin mine = admin.by(user);
        String policy = request.parameter("policy");
        String action = request.parameter("action");
        Optional<PolicyChange> change = switch (action) {
            case "pin" -> mine.pin(policy, PinOptions.defaults().withScope(scope(request)));
            case "release" -> mine.unpin(scope(request));
            case "rank" -> mine.rank(policy, number(request.parameter("ranking")));
            case "unrank" -> mine.unrank(policy);
            case "confirm" -> mine.confirm(policy);
            default -> throw new IllegalArgumentException("action is '" + action
                    + "', expected pin, release, rank, unrank or confirm");
        };
        return Json.text(Map.of("said", change.map(PolicyChange::summary)
                .orElse("nothing changes: what was chosen is what is there, or takes hold when it comes")));
    }

    private static PolicyScope scope(PageRequest request) {
        String scope = request.parameter("scope");
        return scope.isEmpty() ? PolicyScope.process() : PolicyScope.of(scope);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ranking is '" + text + "', expected a whole number", e);
        }
    }

    /** Says what pinning a policy would do, as JSON; changes nothing. */
    String plan(PageRequest request) {
        PolicyPlan plan = admin.plan(request.parameter("policy"), PinOptions.defaults().withScope(scope(request)));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("policy", plan.policy());
        row.put("current", plan.current());
        row.put("loops", plan.loops().stream().map(Actions::loop).toList());
        row.put("notes", plan.notes());
        return Json.text(row);
    }

    private static Map<String, Object> loop(PolicyPlan.PlannedLoop loop) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("loop", loop.loop());
        row.put("driver", loop.driver());
        row.put("step", loop.step());
        row.put("why", loop.why());
        row.put("connections", loop.connections());
        return row;
    }
}
