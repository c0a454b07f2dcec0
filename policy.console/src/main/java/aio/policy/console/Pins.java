package aio.policy.console;

import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyPlan;
import aio.policy.PolicyScope;
import aio.policy.PolicyTrial;
import aio.policy.console.text.Plain;
import aio.policy.console.text.Table;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Screen;
import aio.policy.console.words.PinWords;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The command {@code policy:use}: what would happen, a trial and its end, or a pin at once. Any thread. */
final class Pins {
    private static final Duration LOOK_UP = Duration.ofMillis(250);
    private static final int LOOKS_PER_LINE = 4;
    private static final double MILLIS_PER_SECOND = 1000;

    private final PolicyAdmin admin;
    private final PolicyDirectory directory;
    private final CountDownLatch gone = new CountDownLatch(1);

    Pins(PolicyAdmin admin, PolicyDirectory directory) {
        this.admin = admin;
        this.directory = directory;
    }

    /** Ends what waits. */
    void stop() {
        gone.countDown();
    }

    @Nullable Object use(Given given, PolicyScope scope, Screen screen) throws IOException {
        String name = given.arguments().get(0);
        PinOptions options = options(given, scope);
        if (given.has(Options.DRY_RUN)) {
            PolicyPlan plan = admin.plan(name, options);
            return new View<>(View.Style.TOLD, List.of(), lines(plan));
        }
        Optional<PolicyChange> change =
                options == PinOptions.defaults() ? admin.pin(name) : admin.pin(name, options);
        Object answer = change.<Object>map(made -> made).orElseGet(() -> unchanged(name, options));
        if (options.watch().isZero()) {
            return answer;
        }
        Optional<PolicyTrial> trial = directory.trial();
        if (trial.isEmpty()) {
            return answer;
        }
        screen.out().println(change.map(Texts::line).orElseGet(answer::toString));
        show(trial.get().number(), screen);
        return null;
    }

    private static PinOptions options(Given given, PolicyScope scope) {
        PinOptions options = scope.isProcess() ? PinOptions.defaults() : PinOptions.defaults().withScope(scope);
        for (Map.Entry<Option, String> each : given.options().entrySet()) {
            options = PinWords.with(options, each.getKey().word(), each.getValue());
        }
        return options;
    }

    private static String unchanged(String name, PinOptions options) {
        String shown = "policy: " + Plain.text(name);
        return options.isTrial() ? shown + " is tried; no loop had to move"
                : shown + " is current already" + where(options.scope()) + "; pinned";
    }

    private static String where(PolicyScope scope) {
        return scope.isProcess() ? "" : " for " + Plain.text(scope.toString());
    }

    /** Shows a trial until it is over. Ctrl-C or Enter ends the waiting, not the trial. */
    private void show(long number, Screen screen) throws IOException {
        PrintStream out = screen.out();
        Rounds rounds = new Rounds(screen, LOOK_UP, gone);
        for (int look = 1;; look++) {
            boolean waits = rounds.next();
            Optional<PolicyTrial> found = directory.trial().filter(trial -> trial.number() == number);
            if (found.isEmpty()) {
                out.println("policy: another trial has begun: policy:history tells how this one ended");
                return;
            }
            PolicyTrial trial = found.get();
            if (trial.state().isOver() || !waits || look % LOOKS_PER_LINE == 0) {
                out.println(Plain.text(line(trial)));
                out.flush();
            }
            if (trial.state().isOver()) {
                return;
            }
            if (!waits) {
                out.println("policy: the trial continues; policy:history tells how it ends");
                return;
            }
        }
    }

    private static String line(PolicyTrial trial) {
        String state = trial.state().toString();
        if (!trial.state().isOver()) {
            double seconds = Duration.between(trial.began(), Instant.now()).toMillis() / MILLIS_PER_SECOND;
            state = String.format(Locale.ROOT, "watched for %.1f s", seconds);
        }
        return "policy: " + trial.policy() + " is " + state + ": " + trial.text();
    }

    private static List<String> lines(PolicyPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("policy: " + plan.current().orElse("none") + " -> " + plan.policy() + " (dry run: nothing changes)");
        Table table = new Table().left("LOOP").left("DRIVER").right("CONNECTIONS").left("STEP").left("WHY");
        for (PolicyPlan.PlannedLoop loop : plan.loops()) {
            table.row(false, List.of(loop.loop(), loop.driver().orElse("-"), Integer.toString(loop.connections()),
                    loop.step().toString(), loop.why()));
        }
        lines.addAll(table.lines());
        plan.notes().forEach(note -> lines.add("  " + Plain.text(note)));
        return lines;
    }
}
