package aio.core.registry;

import aio.core.time.Durations;
import aio.loop.ConnectionInfo;
import aio.loop.LoopInfo;
import aio.policy.ChangeReason;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the operator does. Any thread; user code is called without a lock. */
public final class Administration implements PolicyAdmin {
    private final Selection selection;
    private final Exchanges exchanges;
    private final Followers followers;
    private final PolicyBundles bundles;
    private volatile Supplier<LoopConfigurations> loopConfigurations = () -> LoopConfigurations.NONE;
    private volatile ChoiceStore store = ChoiceStore.NONE;

    Administration(Selection selection, Exchanges exchanges, Followers followers, PolicyBundles bundles) {
        this.selection = selection;
        this.exchanges = exchanges;
        this.followers = followers;
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
        Objects.requireNonNull(name, "name");
        String problem = selection.tryName(name, present -> Advice.unknown(name, present, bundles));
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return operate(before -> before.withPin(name), ChangeReason.PINNED, "operator pinned it");
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return operate(before -> before.withPin(null), ChangeReason.UNPINNED, "operator removed the pin");
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        Objects.requireNonNull(name, "name");
        present(name);
        return operate(before -> before.withRank(name, ranking), ChangeReason.RANKED,
                "operator ranked '" + name + "' " + Description.text(ranking));
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        Objects.requireNonNull(name, "name");
        return operate(before -> before.withRank(name, null), ChangeReason.UNRANKED,
                "operator reset the rank of '" + name + "'");
    }

    @Override
    public Optional<PolicyChange> confirm(String name) {
        int ranking = present(Objects.requireNonNull(name, "name"));
        selection.pardon(name);
        return operate(before -> before.withConfirmed(name, ranking), ChangeReason.CONFIRMED,
                "operator confirmed '" + name + "' with rank " + Description.text(ranking));
    }

    @Override
    public Optional<PolicyChange> unconfirm(String name) {
        Objects.requireNonNull(name, "name");
        return operate(before -> before.withConfirmed(name, null), ChangeReason.UNCONFIRMED,
                "operator took the confirmation of '" + name + "' back");
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

    private Optional<PolicyChange> operate(UnaryOperator<Choice> change, ChangeReason reason, String cause) {
        ChoiceStore writing = store;
        Step step;
        writing.begin();
        try {
            selection.want(change);
            step = selection.select(Cause.byOperator(reason, cause), List.of());
            if (step != null) {
                exchanges.settle(step);
            }
        } finally {
            writing.end(selection.wanted());
        }
        return step == null ? Optional.empty() : Optional.ofNullable(exchanges.changeOf(step));
    }

    @Override
    public void closeLoop(String name) {
        List<String> open = followers.infos().stream().map(LoopInfo::name).toList();
        if (!open.contains(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException(
                    "no loop '" + name + "'; open: " + (open.isEmpty() ? "none" : String.join(", ", open)));
        }
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
