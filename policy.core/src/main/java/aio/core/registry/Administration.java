package aio.core.registry;

import aio.core.foreign.CoreLog;
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
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator does. Any thread; user code is called without a lock. */
public final class Administration implements PolicyAdmin {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Selection selection;
    private final Exchanges exchanges;
    private final Followers followers;
    private final Owners owners;
    private final PolicyBundles bundles;
    // set by the wiring, publish nothing else
    private volatile Supplier<LoopConfigurations> loopConfigurations = () -> LoopConfigurations.NONE;
    private volatile ChoiceStore store = ChoiceStore.NONE;
    private final Trials trials;
    private final Expiry expiry;
    /** Who has pinned what last, of several operators; written by all that are made of the first one. */
    private volatile @Nullable Pinner pinner;
    /** Whom changes name. */
    private final String who;
    /** Holds what the wiring says, for all that are made of it. */
    private final Administration first;

    private record Pinner(String policy, String who) {}

    Administration(Selection selection, Exchanges exchanges, Followers followers, Owners owners,
            PolicyBundles bundles, Times times) {
        this.selection = selection;
        this.exchanges = exchanges;
        this.followers = followers;
        this.owners = owners;
        this.bundles = bundles;
        this.trials = new Trials(selection, followers, times, this::settle);
        this.expiry = new Expiry(times, InstantSource.system(), () -> selection.wanted().until(), this::endPin);
        this.who = ChangeActor.OPERATOR.toString();
        this.first = this;
    }

    private Administration(Administration first, String who) {
        this.selection = first.selection;
        this.exchanges = first.exchanges;
        this.followers = first.followers;
        this.owners = first.owners;
        this.bundles = first.bundles;
        this.trials = first.trials;
        this.expiry = first.expiry;
        this.who = who;
        this.first = first;
    }

    // ---- for the wiring

    /** Says where what the operator chose is kept. */
    public void storeChoices(ChoiceStore newStore) {
        store = newStore;
    }

    /** Says which configurations make managed loops. */
    public void configureLoopsBy(Supplier<LoopConfigurations> configurations) {
        loopConfigurations = configurations;
    }

    /**
     * Returns what is to be said of the policy that is current: in what the configuration differs from what the
     * operator wants, which file it is in, and what keeps its driver from being probed.
     */
    List<String> remarks() {
        return Stream.of(store.difference(), store.origin(), exchanges.obstacle()).filter(Objects::nonNull).toList();
    }

    /** Returns the operator who has pinned a policy for the process, as far as that is known. */
    String pinnerOf(@Nullable String pin) {
        Pinner last = first.pinner;
        return last != null && last.policy.equals(pin) ? last.who : ChangeActor.OPERATOR.toString();
    }

    Trials trials() {
        return trials;
    }

    /** The configuration has another choice, which may be tried first. */
    void configure(Choice choice, PinOptions trial) {
        Choice before = trials.written(selection.wanted());
        String pin = choice.pin();
        if (choice.equals(before)) {
            return;
        }
        first.pinner = null;
        if (pin != null && !pin.equals(before.pin()) && trial.isTrial() && isThere(pin)) {
            selection.want(present -> choice.withPin(present.pin()).withUntil(present.until()));
            try {
                trials.begin(pin, choice.until(), trial, who, /* configured= */ true);
                return;
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "policy: the configuration pins '" + pin + "' without a trial: "
                        + e.getMessage());
            }
        }
        trials.endBy("the configuration was changed");
        selection.want(present -> choice);
        settleAll(Cause.byOperator(ChangeReason.CONFIGURED, "configuration"));
        expiry.look();
        if (pin != null && !pin.equals(before.pin())) {
            tellIfWaiting(pin);
        }
    }

    /** Before the first policy is there, that one is not there is no news. */
    private void tellIfWaiting(String pin) {
        List<String> present = selection.read(view -> view.first(pin) != null ? List.of()
                : view.candidates().stream().map(Candidate::name).distinct().toList());
        if (!present.isEmpty()) {
            LOG.log(Level.WARNING, "policy: the pin of the configuration waits, and rankings and code"
                    + " decide: " + Advice.unknown(pin, present, bundles));
        }
    }

    private boolean isThere(String name) {
        return selection.tryName(name, present -> "unknown") == null;
    }

    private void settleAll(Cause cause) {
        Step step = selection.select(cause, List.of());
        if (step != null) {
            exchanges.settle(step);
        }
    }

    /** Lets the loops follow what a trial has decided, and writes it. */
    private Optional<PolicyChange> settle(PolicyScope scope, Cause cause, boolean isWritten) {
        return isWritten ? operate(before -> before, scope, cause) : follow(scope, cause);
    }

    private Optional<PolicyChange> follow(PolicyScope scope, Cause cause) {
        Step step = selection.select(cause, List.of());
        if (step == null) {
            return Optional.empty();
        }
        exchanges.settle(step);
        return changeOf(step, scope);
    }

    /**
     * Lets some loops go to a policy before others do, or ends that, without a watch. The policy must be one
     * that {@link Selection#tryName} accepts.
     *
     * @param rule which loops and which policy; null to let them go where others do
     * @return the change of the canary's scope; empty if nothing changes by it
     */
    Optional<PolicyChange> tryOn(@Nullable CanaryRule rule, PolicyScope scope, Cause cause) {
        selection.setCanary(rule);
        return follow(scope, cause);
    }

    private void endPin() {
        trials.endBy("the pin has ended by itself");
        String pin = selection.wanted().pin();
        Cause cause = Cause.byThread(ChangeReason.PIN_ENDED, "the pin on '" + pin + "' has ended, as was asked for");
        operate(before -> expiry.isOver(before.until()) ? before.withPin(null) : before, PolicyScope.process(), cause);
        LOG.log(Level.INFO, "policy: the pin on '" + pin + "' has ended, as was asked for; rankings and"
                + " code decide");
    }

    /** Nothing is tried or ended any more. */
    void close() {
        trials.close();
        expiry.close();
    }

    // ---- for the operator

    @Override
    public PolicyAdmin by(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of the operator is '" + name + "', expected one that people"
                    + " know");
        }
        return new Administration(first, ChangeActor.OPERATOR + " '" + Text.clean(name) + "'");
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
        String problem = selection.tryName(name, present -> Advice.unknown(name, present, bundles));
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        Instant until = options.duration().map(Administration::end).orElse(null);
        if (until != null && !scope.isProcess()) {
            throw new IllegalArgumentException("a time is given for the scope " + scope
                    + ": expected process, for the pin of a scope does not end by itself");
        }
        if (scope.isProcess()) {
            first.pinner = new Pinner(Text.clean(name), who); // after a trial as well: then it is pinned, or another is
        }
        if (options.isTrial()) {
            return trials.begin(name, until, options, who, /* configured= */ false);
        }
        trials.endBy("the " + who + " pinned '" + Text.clean(name) + "'");
        Cause cause = byOperator(ChangeReason.PINNED, "pinned it"
                + (until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS)));
        return operate(before -> until == null
                ? before.withPin(scope, name) : before.withPin(scope, name).withUntil(until), scope, cause);
    }

    private static Instant end(Duration time) {
        return Instant.now().plusNanos(Durations.nanos(time));
    }

    @Override
    public PolicyPlan plan(String name, PinOptions options) {
        Objects.requireNonNull(name, "name");
        Planner.Target target = selection.read(view -> targetOf(name, view)).orElseThrow(() -> {
            List<String> present = selection.read(
                    view -> view.candidates().stream().map(Candidate::name).distinct().toList());
            return new IllegalArgumentException(Advice.unknown(name, present, bundles));
        });
        return new Planner(name, options, target, selection.wanted(), followers.observe().look()).plan();
    }

    private Optional<Planner.Target> targetOf(String name, Contenders.View view) {
        return Optional.ofNullable(view.first(name)).map(found -> {
            Candidate current = view.current();
            IoDriverFactory driver = found.driver();
            return new Planner.Target(found.resolution != null, found.refusal, driver,
                    driver != null && exchanges.hasPassed(driver), current == null ? null : current.name());
        });
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return unpin(PolicyScope.process());
    }

    @Override
    public Optional<PolicyChange> unpin(PolicyScope scope) {
        Objects.requireNonNull(scope, "scope");
        trials.endBy("the " + who + " removed the pin");
        Cause cause = byOperator(ChangeReason.UNPINNED, "removed the pin");
        return operate(before -> before.withPin(scope, null), ScopeEntries.shown(scope), cause);
    }

    private void checkInstalled(long bundle) {
        if (owners.bundle(bundle).isNone()) {
            throw new IllegalArgumentException("no bundle " + bundle + " is installed: expected the id of one, as the"
                    + " framework lists it");
        }
    }

    private void checkOpen(String loop) {
        List<String> open = followers.infos().stream().map(LoopInfo::name).toList();
        if (!open.contains(loop)) {
            throw new IllegalArgumentException(
                    "no loop '" + loop + "'; open: " + (open.isEmpty() ? "none" : String.join(", ", open)));
        }
    }

    /** A bundle was uninstalled: its scope ends. */
    void uninstalled(Owner bundle) {
        PolicyScope scope = PolicyScope.bundle(bundle.id());
        if (selection.wanted().scopes().containsKey(scope)) {
            String text = "bundle " + bundle.id() + " uninstalled";
            operate(before -> before.withPin(scope, null), scope,
                    Cause.by(bundle, ChangeReason.BUNDLE_UNINSTALLED, text));
        }
    }

    private Optional<PolicyChange> changeOf(Step step, PolicyScope scope) {
        Step mine = step.of(scope);
        return mine == null ? Optional.empty() : Optional.ofNullable(exchanges.changeOf(mine));
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        Objects.requireNonNull(name, "name");
        present(name);
        String text = "ranked '" + name + "' " + Description.text(ranking);
        return operate(before -> before.withRank(name, ranking), PolicyScope.process(),
                byOperator(ChangeReason.RANKED, text));
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        Objects.requireNonNull(name, "name");
        String text = "reset the rank of '" + name + "'";
        return operate(before -> before.withRank(name, null), PolicyScope.process(),
                byOperator(ChangeReason.UNRANKED, text));
    }

    @Override
    public Optional<PolicyChange> confirm(String name) {
        int ranking = present(Objects.requireNonNull(name, "name"));
        selection.pardon(name);
        String text = "confirmed '" + name + "' with rank " + Description.text(ranking);
        return operate(before -> before.withConfirmed(name, ranking), PolicyScope.process(),
                byOperator(ChangeReason.CONFIRMED, text));
    }

    @Override
    public Optional<PolicyChange> unconfirm(String name) {
        Objects.requireNonNull(name, "name");
        String text = "took the confirmation of '" + name + "' back";
        return operate(before -> before.withConfirmed(name, null), PolicyScope.process(),
                byOperator(ChangeReason.UNCONFIRMED, text));
    }

    /** Returns the ranking that the policy of a name, which is not one of code, says of itself. */
    private int present(String name) {
        List<Candidate> present = selection.read(view -> view.candidates().stream()
                .filter(candidate -> candidate.source != PolicySource.CODE)
                .toList());
        return present.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .map(candidate -> candidate.description.ranking())
                .orElseThrow(() -> new IllegalArgumentException(Advice.unknown(
                        name, present.stream().map(Candidate::name).distinct().toList(), bundles)));
    }

    private Optional<PolicyChange> operate(UnaryOperator<Choice> change, PolicyScope scope, Cause cause) {
        ChoiceStore writing = first.store;
        Step step;
        writing.begin();
        try {
            selection.want(change);
            step = selection.select(cause, List.of());
            if (step != null) {
                exchanges.settle(step);
            }
        } finally {
            writing.end(trials.written(selection.wanted()));
            expiry.look();
        }
        return step == null ? Optional.empty() : changeOf(step, scope);
    }

    @Override
    public void closeLoop(String name) {
        checkOpen(Objects.requireNonNull(name, "name"));
        if (!first.loopConfigurations.get().delete(name)) {
            throw new IllegalStateException("loop '" + name + "' was not made by a configuration 'aio.loop': it ends"
                    + " with the bundle that made it, the loop 'shared' with aio.policy.core");
        }
    }

    @Override
    public ConnectionInfo closeConnection(String loop, long id) {
        return followers.closeConnection(loop, id);
    }

    @Override
    public List<String> drain(Duration patience) {
        return followers.drain(Durations.nanos(Objects.requireNonNull(patience, "patience")));
    }
}
