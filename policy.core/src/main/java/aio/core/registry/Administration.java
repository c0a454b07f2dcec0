package aio.core.registry;

import aio.core.time.Durations;
import aio.loop.ConnectionInfo;
import aio.loop.LoopInfo;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyScope;
import aio.policy.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator does. Any thread; user code is called without a lock. */
public final class Administration implements PolicyAdmin {
    private final Selection selection;
    private final Exchanges exchanges;
    private final Followers followers;
    private final Owners owners;
    private final PolicyBundles bundles;
    private volatile Supplier<LoopConfigurations> loopConfigurations = () -> LoopConfigurations.NONE;
    private volatile ChoiceStore store = ChoiceStore.NONE;

    Administration(
            Selection selection, Exchanges exchanges, Followers followers, Owners owners, PolicyBundles bundles) {
        this.selection = selection;
        this.exchanges = exchanges;
        this.followers = followers;
        this.owners = owners;
        this.bundles = bundles;
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
     * operator wants, and what keeps its driver from being probed.
     */
    List<String> remarks() {
        return Stream.of(store.difference(), exchanges.obstacle()).filter(Objects::nonNull).toList();
    }

    // ---- for the operator

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
        Cause cause = Cause.byOperator(ChangeReason.PINNED, "operator pinned it");
        return operate(before -> before.withPin(scope, name), scope, cause);
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return unpin(PolicyScope.process());
    }

    @Override
    public Optional<PolicyChange> unpin(PolicyScope scope) {
        Objects.requireNonNull(scope, "scope");
        Cause cause = Cause.byOperator(ChangeReason.UNPINNED, "operator removed the pin");
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

    /**
     * Lets some loops try a policy before others do, or ends that: probes its driver, publishes, and moves them, as any
     * change does. The policy must be one that {@link Selection#tryName} accepts.
     *
     * @param rule which loops and which policy; null to let them go where others do
     * @return the change of the canary's scope; empty if nothing changes by it
     */
    Optional<PolicyChange> tryOn(@Nullable CanaryRule rule, PolicyScope scope, Cause cause) {
        selection.setCanary(rule);
        Step step = selection.select(cause, List.of());
        if (step == null) {
            return Optional.empty();
        }
        exchanges.settle(step);
        return changeOf(step, scope);
    }

    private Optional<PolicyChange> changeOf(Step step, PolicyScope scope) {
        Step mine = step.of(scope);
        return mine == null ? Optional.empty() : Optional.ofNullable(exchanges.changeOf(mine));
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        Objects.requireNonNull(name, "name");
        present(name);
        String text = "operator ranked '" + name + "' " + Description.text(ranking);
        return operate(before -> before.withRank(name, ranking), PolicyScope.process(),
                Cause.byOperator(ChangeReason.RANKED, text));
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        Objects.requireNonNull(name, "name");
        String text = "operator reset the rank of '" + name + "'";
        return operate(before -> before.withRank(name, null), PolicyScope.process(),
                Cause.byOperator(ChangeReason.UNRANKED, text));
    }

    @Override
    public Optional<PolicyChange> confirm(String name) {
        int ranking = present(Objects.requireNonNull(name, "name"));
        selection.pardon(name);
        String text = "operator confirmed '" + name + "' with rank " + Description.text(ranking);
        return operate(before -> before.withConfirmed(name, ranking), PolicyScope.process(),
                Cause.byOperator(ChangeReason.CONFIRMED, text));
    }

    @Override
    public Optional<PolicyChange> unconfirm(String name) {
        Objects.requireNonNull(name, "name");
        String text = "operator took the confirmation of '" + name + "' back";
        return operate(before -> before.withConfirmed(name, null), PolicyScope.process(),
                Cause.byOperator(ChangeReason.UNCONFIRMED, text));
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
            writing.end(selection.wanted());
        }
        return step == null ? Optional.empty() : changeOf(step, scope);
    }

    @Override
    public void closeLoop(String name) {
        checkOpen(Objects.requireNonNull(name, "name"));
        if (!loopConfigurations.get().delete(name)) {
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
