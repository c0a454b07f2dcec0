package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.policy.ChangeActor;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyScope;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What operators have decided, by the console, by code and by the configuration; {@link Operator} is what one of them
 * can do. Any thread; user code is called without a lock.
 */
public final class Administration {
    private static final CoreLog LOG = CoreLog.POLICY;

    final Selection selection;
    final Exchanges exchanges;
    final Followers followers;
    final Owners owners;
    final PolicyBundles bundles;
    final Trials trials;
    // set by the wiring, publish nothing else
    private volatile Supplier<LoopConfigurations> loopConfigurations = () -> LoopConfigurations.NONE;
    private volatile ChoiceStore store = ChoiceStore.NONE;
    private final Expiry expiry;
    /** Who has pinned what last, of several operators. */
    private volatile @Nullable Pinner pinner;

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
    }

    /** Returns what an operator whom nobody names can do. */
    public PolicyAdmin operator() {
        return new Operator(this, ChangeActor.OPERATOR.toString());
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
        Pinner last = pinner;
        return last != null && last.policy.equals(pin) ? last.who : ChangeActor.OPERATOR.toString();
    }

    /** Takes note of who pins a policy for the process. */
    void pinnedBy(String who, String policy) {
        pinner = new Pinner(policy, who);
    }

    /** Returns which configurations make managed loops. */
    LoopConfigurations loopConfigurations() {
        return loopConfigurations.get();
    }

    /** The configuration has another choice, which may be tried first. */
    void configure(Choice choice, PinOptions trial) {
        Choice before = trials.written(selection.wanted());
        String pin = choice.pin();
        if (choice.equals(before)) {
            return;
        }
        pinner = null;
        if (pin != null && !pin.equals(before.pin()) && trial.isTrial() && isThere(pin)) {
            selection.want(present -> choice.withPin(present.pin()).withUntil(present.until()));
            try {
                trials.begin(pin, choice.until(), trial, ChangeActor.OPERATOR.toString(), /* configured= */ true);
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

    /** A bundle was uninstalled: its scope ends. */
    void uninstalled(Owner bundle) {
        PolicyScope scope = PolicyScope.bundle(bundle.id());
        if (selection.wanted().scopes().containsKey(scope)) {
            String text = "bundle " + bundle.id() + " uninstalled";
            operate(before -> before.withPin(scope, null), scope,
                    Cause.by(bundle, ChangeReason.BUNDLE_UNINSTALLED, text));
        }
    }

    /**
     * Changes what operators want, lets the loops follow, and writes it.
     *
     * @return the change of the scope; empty if nothing changes there
     */
    Optional<PolicyChange> operate(UnaryOperator<Choice> change, PolicyScope scope, Cause cause) {
        ChoiceStore writing = store;
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

    private Optional<PolicyChange> changeOf(Step step, PolicyScope scope) {
        Step mine = step.of(scope);
        return mine == null ? Optional.empty() : Optional.ofNullable(exchanges.changeOf(mine));
    }
}
