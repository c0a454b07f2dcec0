package aio.policy.fleet.store;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Desired;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.Wave;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes and reads what is kept. Stateless. */
public final class Texts {
    private static final String WAVE = "wave.";
    private static final String EXCUSED = "excused.";

    private Texts() {}

    static byte[] bytes(Desired desired) {
        return Fields.empty()
                .put("origin", desired.origin())
                .put("number", desired.number())
                .put("policy", desired.policy())
                .put("who", desired.who())
                .put("when", desired.when())
                .bytes();
    }

    static Desired desired(byte[] bytes) {
        Fields fields = Fields.of(bytes);
        if (fields.text("origin").isEmpty()) {
            throw new IllegalStateException("the fleet's state has no origin: somebody else writes there");
        }
        return new Desired(fields.text("origin"), fields.number("number"), fields.text("policy"), fields.text("who"),
                fields.instant("when"));
    }

    static byte[] bytes(Rollout rollout) {
        Decision decision = rollout.decision();
        Fields fields = Fields.empty()
                .put("number", rollout.number())
                .put("policy", decision.policy())
                .put("who", decision.who())
                .put("when", decision.when())
                .putAll("waves", decision.waves())
                .put("watch", decision.watch())
                .putIfPresent("maxLag", decision.maxLag())
                .putIfPresent("maxErrors", decision.maxErrors())
                .put("allowRefused", decision.allowRefused())
                .put("patience", decision.patience())
                .put("at", rollout.wave())
                .put("phase", rollout.phase().name())
                .put("paused", rollout.paused())
                .put("reason", rollout.reason());
        for (int wave = 0; wave < rollout.waves().size(); wave++) {
            fields.putAll(WAVE + wave, rollout.waves().get(wave));
        }
        rollout.excused().forEach((node, why) -> fields.putUnder(EXCUSED, node, why));
        return fields.bytes();
    }

    static Rollout rollout(byte[] bytes) {
        Fields fields = Fields.of(bytes);
        Decision decision = new Decision(fields.text("policy"),
                Wave.list(fields.texts("waves").stream().collect(Collectors.joining(","))), fields.time("watch"),
                fields.findTime("maxLag"), fields.findDecimal("maxErrors"),
                Boolean.parseBoolean(fields.text("allowRefused")), fields.time("patience"), fields.text("who"),
                fields.instant("when"));
        List<List<String>> waves = new ArrayList<>();
        for (int wave = 0; wave < fields.keys(WAVE).size(); wave++) {
            waves.add(fields.texts(WAVE + wave));
        }
        Map<String, String> excused = new LinkedHashMap<>();
        fields.keys(EXCUSED).forEach(node -> excused.put(node, fields.textUnder(EXCUSED, node)));
        // what a later version may add is over for this one: it does nothing
        Phase phase = fields.constant(Phase.class, "phase", Phase.ABORTED);
        return new Rollout(fields.number("number"), decision, waves, (int) fields.number("at"), phase,
                Boolean.parseBoolean(fields.text("paused")), excused, fields.text("reason"));
    }

    static byte[] bytes(Report report) {
        return Fields.empty()
                .put("node", report.node())
                .put("instance", report.instance())
                .put("policy", report.policy())
                .put("engine", report.engine())
                .put("bundle", report.bundle())
                .putIfPresent("localPin", report.localPin())
                .put("order", report.order())
                .put("answer", report.answer().name())
                .put("why", report.why())
                .put("lag", report.lag())
                .put("errors", report.errors())
                .put("since", report.since())
                .bytes();
    }

    static Report report(byte[] bytes) {
        Fields fields = Fields.of(bytes);
        return new Report(fields.text("node"), fields.text("instance"), fields.text("policy"), fields.text("engine"),
                fields.text("bundle"), fields.find("localPin"), fields.number("order"),
                fields.constant(Answer.class, "answer", Answer.NONE), fields.text("why"), fields.time("lag"),
                fields.decimal("errors"), fields.instant("since"));
    }
}
