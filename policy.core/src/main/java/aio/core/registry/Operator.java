package aio.core.registry;

import aio.core.foreign.Text;
import aio.core.time.Durations;
import aio.loop.ConnectionInfo;
import aio.loop.LoopInfo;
import aio.policy.ChangeActor;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyPlan;
import aio.policy.PolicyScope;
import aio.policy.PolicySource;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What one operator can do, whom its changes name. Any thread; user code is called without a lock. */
final class Operator implements PolicyAdmin {
    private final Administration all;
    private final String who;

    Operator(Administration all, String who) {
        this.all = all;
        this.who = who;
    }

    @Override
    public PolicyAdmin by(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of the operator is '" + name + "', expected one that people"
                    + " know");
        }
        return new Operator(all, ChangeActor.OPERATOR + " '" + Text.clean(name) + "'");
    }

    private Cause byOperator(ChangeReason reason, String did) {
        return Cause.byOperator(reason, who + " " + did).named(who);
    }

    @Override
    public Optional<PolicyChange> pin(String name) {
        return pin(name, PinOptions.defaults());
    }

    @Override
    public Optional<PolicyChange> pin(String name, PinOptions options) {
        Objects.requireNonNull(name, "name");
        PolicyScope scope = ScopeEntries.shown(options.scope());
        scope.loopName().ifPresent(this::checkOpen);
        scope.bundleId().ifPresent(this::checkInstalled);
        String problem = all.selection.tryName(name, present -> Advice.unknown(name, present, all.bundles));
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        Instant until = options.duration().map(Operator::end).orElse(null);
        if (until != null && !scope.isProcess()) {
            throw new IllegalArgumentException("a time is given for the scope " + scope
                    + ": expected process, for the pin of a scope does not end by itself");
        }
        if (scope.isProcess()) {
            all.pinnedBy(who, Text.clean(name)); // after a trial as well: then it is pinned, or another is
        }
        if (options.isTrial()) {
            return all.trials.begin(name, until, options, who, /* configured= */ false);
        }
        all.trials.endBy("the " + who + " pinned '" + Text.clean(name) + "'");
        Cause cause = byOperator(ChangeReason.PINNED, "pinned it"
                + (until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS)));
        return all.operate(before -> until == null
                ? before.withPin(scope, name) : before.withPin(scope, name).withUntil(until), scope, cause);
    }

    private static Instant end(Duration time) {
        return Instant.now().plusNanos(Durations.nanos(time));
    }

    @Override
    public PolicyPlan plan(String name, PinOptions options) {
        Objects.requireNonNull(name, "name");
        Planner.Target target = all.selection.read(view -> targetOf(name, view)).orElseThrow(() -> {
            List<String> present = all.selection.read(
                    view -> view.candidates().stream().map(Candidate::name).distinct().toList());
            return new IllegalArgumentException(Advice.unknown(name, present, all.bundles));
        });
        return new Planner(name, options, target, all.selection.wanted(), all.followers.observe().look()).plan();
    }

    private Optional<Planner.Target> targetOf(String name, Contenders.View view) {
        return Optional.ofNullable(view.first(name)).map(found -> {
            Candidate current = view.current();
            IoDriverFactory driver = found.driver();
            return new Planner.Target(found.resolution != null, found.refusal, driver,
                    driver != null && all.exchanges.hasPassed(driver), current == null ? null : current.name());
        });
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return unpin(PolicyScope.process());
    }

    @Override
    public Optional<PolicyChange> unpin(PolicyScope scope) {
        Objects.requireNonNull(scope, "scope");
        all.trials.endBy("the " + who + " removed the pin");
        Cause cause = byOperator(ChangeReason.UNPINNED, "removed the pin");
        return all.operate(before -> before.withPin(scope, null), ScopeEntries.shown(scope), cause);
    }

    private void checkInstalled(long bundle) {
        if (all.owners.bundle(bundle).isNone()) {
            throw new IllegalArgumentException("no bundle " + bundle + " is installed: expected the id of one, as the"
                    + " framework lists it");
        }
    }

    private void checkOpen(String loop) {
        List<String> open = all.followers.infos().stream().map(LoopInfo::name).toList();
        if (!open.contains(loop)) {
            throw new IllegalArgumentException(
                    "no loop '" + loop + "'; open: " + (open.isEmpty() ? "none" : String.join(", ", open)));
        }
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        Objects.requireNonNull(name, "name");
        present(name);
        String text = "ranked '" + name + "' " + Description.text(ranking);
        return all.operate(before -> before.withRank(name, ranking), PolicyScope.process(),
                byOperator(ChangeReason.RANKED, text));
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        Objects.requireNonNull(name, "name");
        String text = "reset the rank of '" + name + "'";
        return all.operate(before -> before.withRank(name, null), PolicyScope.process(),
                byOperator(ChangeReason.UNRANKED, text));
    }

    @Override
    public Optional<PolicyChange> confirm(String name) {
        int ranking = present(Objects.requireNonNull(name, "name"));
        all.selection.pardon(name);
        String text = "confirmed '" + name + "' with rank " + Description.text(ranking);
        return all.operate(before -> before.withConfirmed(name, ranking), PolicyScope.process(),
                byOperator(ChangeReason.CONFIRMED, text));
    }

    @Override
    public Optional<PolicyChange> unconfirm(String name) {
        Objects.requireNonNull(name, "name");
        String text = "took the confirmation of '" + name + "' back";
        return all.operate(before -> before.withConfirmed(name, null), PolicyScope.process(),
                byOperator(ChangeReason.UNCONFIRMED, text));
    }

    /** Returns the ranking that the policy of a name, which is not one of code, says of itself. */
    private int present(String name) {
        List<Candidate> present = all.selection.read(view -> view.candidates().stream()
                .filter(candidate -> candidate.source != PolicySource.CODE)
                .toList());
        return present.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .map(candidate -> candidate.description.ranking())
                .orElseThrow(() -> new IllegalArgumentException(Advice.unknown(
                        name, present.stream().map(Candidate::name).distinct().toList(), all.bundles)));
    }

    @Override
    public void closeLoop(String name) {
        checkOpen(Objects.requireNonNull(name, "name"));
        if (!all.loopConfigurations().delete(name)) {
            throw new IllegalStateException("loop '" + name + "' was not made by a configuration 'aio.loop': it ends"
                    + " with the bundle that made it, the loop 'shared' with aio.policy.core");
        }
    }

    @Override
    public ConnectionInfo closeConnection(String loop, long id) {
        return all.followers.closeConnection(loop, id);
    }

    @Override
    public List<String> drain(Duration patience) {
        return all.followers.drain(Durations.nanos(Objects.requireNonNull(patience, "patience")));
    }
}
