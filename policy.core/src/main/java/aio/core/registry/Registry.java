package aio.core.registry;

import aio.core.loop.Probes;
import aio.core.thread.CoreThreads;
import aio.core.time.Durations;
import aio.loop.LoopInfo;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyListener;
import aio.policy.PolicyRegistry;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registry: what was changed, by whom, and that the loops follow. Any thread; user code is called without a lock.
 */
public final class Registry implements PolicyRegistry {
    private final Followers followers;
    private final Owners owners;
    private final PolicyBundles bundles;
    private final Drivers drivers = new Drivers();
    private final History history = new History(Settings.DEFAULTS.historySize());
    private final GivenUpDrivers givenUp = new GivenUpDrivers();
    private final Exchanges exchanges;
    private final Selection selection;
    private volatile Settings settings = Settings.DEFAULTS;
    private volatile Supplier<LoopConfigurations> loopConfigurations = () -> LoopConfigurations.NONE;
    private volatile ChoiceStore store = ChoiceStore.NONE;

    public Registry(Followers followers, Owners owners, PolicyBundles bundles) {
        this(followers, new Probes(), owners, bundles);
    }

    Registry(Followers followers, Probes probes, Owners owners, PolicyBundles bundles) {
        this.followers = followers;
        this.owners = owners;
        this.bundles = bundles;
        this.selection = new Selection(() -> settings.strict(), drivers, this::decided);
        this.exchanges = new Exchanges(selection, followers, probes, history, () -> settings.stopWaitNanos());
    }

    private void decided(Step step) {
        exchanges.add(step);
    }

    // ---- for the wiring

    /** Says where the process-wide policy is published. */
    public void publishTo(Consumer<@Nullable EventLoopPolicy> publisher) {
        selection.publishTo(publisher);
    }

    public void storeChoices(ChoiceStore newStore) {
        store = newStore;
    }

    public void configureLoopsBy(Supplier<LoopConfigurations> configurations) {
        loopConfigurations = configurations;
    }

    public Settings settings() {
        return settings;
    }

    public void configure(Settings newSettings) {
        settings = newSettings;
        history.limit(newSettings.historySize());
    }

    /** The configuration has another choice; a name that is not there takes hold when it comes. */
    public void configureChoice(Choice choice) {
        if (!choice.equals(selection.wanted())) {
            selection.want(before -> choice);
            change(Cause.of("configuration", Cause.OPERATOR), List.of());
        }
    }

    /** Adds a candidate that is chosen on first use only. */
    public void discovered(Candidate candidate) {
        selection.add(candidate);
    }

    public void arrived(Candidate candidate) {
        selection.add(candidate);
        String rank = "rank " + Description.text(candidate.ranking());
        settle(selection.select(
                Cause.of(rank + ", service arrived", who(candidate)), List.of(), /* quietly= */ true));
    }

    public void described(Candidate candidate, Description description) {
        Integer before = selection.describe(candidate, description);
        if (before != null) {
            String text = before == candidate.ranking()
                    ? "service modified"
                    : "ranking " + Description.text(before) + " -> " + Description.text(candidate.ranking());
            settle(selection.select(Cause.of(text, who(candidate)), List.of(), /* quietly= */ true));
        }
    }

    public void left(Candidate candidate, String cause) {
        Cause why = Cause.of(cause, who(candidate));
        if (!selection.remove(candidate, why)) {
            return;
        }
        IoDriverFactory driver = candidate.driver();
        try {
            change(why, driver == null ? List.of() : List.of(driver));
        } finally {
            release(candidate);
        }
    }

    /** A bundle stops: what it installed, and what was installed of it, is undone. */
    public void stopping(Owner bundle) {
        Cause cause = Cause.of("bundle " + bundle.id() + " stopped", bundle.toString());
        if (selection.uninstallOf(bundle, cause)) {
            change(cause, List.of());
        }
    }

    /** A bundle has stopped: nothing of its classes is kept. */
    public void stopped(Owner bundle) {
        Predicate<Class<?>> ofBundle = type -> owners.of(type).equals(bundle);
        try {
            stopping(bundle);
            List<IoDriverFactory> gone = drivers.of(ofBundle);
            if (!gone.isEmpty()) {
                change(Cause.of("bundle " + bundle.id() + " stopped", bundle.toString()), gone);
            }
        } finally {
            selection.purge(ofBundle);
            history.purge(ofBundle);
        }
    }

    /** Gives every policy back and chooses none any more. */
    public void close() {
        selection.close().forEach(this::release);
    }

    /** Makes sure that a loop that the core is about to make finds a driver that works. */
    public void prepare() {
        exchanges.prepare();
    }

    /** A driver has failed too often on a loop. On the loop's thread, so it only takes note. */
    public void driverGivenUp(String loopName, IoDriverFactory driver, String reason) {
        Runnable work = givenUp.isToBeRefused(driver, loopName)
                ? () -> exchanges.giveUp(driver, reason)
                : () -> exchanges.offerStandby(driver);
        CoreThreads.newThread("aio-policy-change", work).start();
    }

    // ---- for the loop factory

    ContextSlots slots(EventLoopPolicy policy) {
        return selection.slots(Objects.requireNonNull(policy, "policy"));
    }

    /** A loop is made on a driver. */
    void used(IoDriverFactory driver) {
        drivers.add(driver);
    }

    // ---- for everybody

    @Override
    public EventLoopPolicy getEventLoopPolicy() {
        EventLoopPolicy policy = selection.current();
        if (policy == null) {
            change(Cause.of("first use", Cause.thread()), List.of());
            policy = selection.current();
        }
        if (policy == null) {
            List<String> refused = selection.read(view -> view.candidates().stream()
                    .filter(candidate -> candidate.refusal != null)
                    .map(candidate -> "policy " + candidate.text() + " is refused: " + candidate.refusal)
                    .toList());
            throw new IllegalStateException(Advice.nobody(refused, bundles));
        }
        return policy;
    }

    @Override
    public EventLoopPolicy policy(String name) {
        return selection.policyNamed(
                Objects.requireNonNull(name, "name"), present -> Advice.unknown(name, present, bundles));
    }

    @Override
    public void setEventLoopPolicy(@Nullable EventLoopPolicy policy) {
        Owner caller = owners.caller();
        if (policy == null) {
            selection.dropInstalls();
        } else {
            selection.set(policy, candidateOf(policy, caller), caller);
        }
        change(Cause.byCode("set by code", caller), List.of());
    }

    @Override
    public Installation install(EventLoopPolicy policy) {
        Objects.requireNonNull(policy, "policy is null: install an EventLoopPolicy,"
                + " or call setEventLoopPolicy(null) to let the services decide");
        Owner caller = owners.caller();
        Object token = selection.install(policy, candidateOf(policy, caller), caller);
        change(Cause.byCode("set by code", caller), List.of());
        return () -> {
            if (token != null && selection.uninstall(token)) {
                change(Cause.byCode("installation closed", owners.caller()), List.of());
            }
        };
    }

    @Override
    public Optional<PolicyChange> pin(String name) {
        Objects.requireNonNull(name, "name");
        String problem = selection.tryName(name, present -> Advice.unknown(name, present, bundles));
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return operate(before -> before.withPin(name), "operator pinned it");
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return operate(before -> before.withPin(null), "operator removed the pin");
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        Objects.requireNonNull(name, "name");
        List<String> present = selection.read(view -> view.candidates().stream()
                .filter(candidate -> candidate.source != Candidate.Source.CODE)
                .map(Candidate::name)
                .distinct()
                .toList());
        if (!present.contains(name)) {
            throw new IllegalArgumentException(Advice.unknown(name, present, bundles));
        }
        return operate(before -> before.withRank(name, ranking),
                "operator ranked '" + name + "' " + Description.text(ranking));
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        Objects.requireNonNull(name, "name");
        return operate(before -> before.withRank(name, null), "operator reset the rank of '" + name + "'");
    }

    @Override
    public Map<String, Integer> ranks() {
        return selection.wanted().ranks();
    }

    private Optional<PolicyChange> operate(UnaryOperator<Choice> change, String cause) {
        ChoiceStore writing = store;
        Step step;
        writing.begin();
        try {
            selection.want(change);
            step = selection.select(Cause.of(cause, Cause.OPERATOR), List.of(), /* quietly= */ false);
            settle(step);
        } finally {
            writing.end(selection.wanted());
        }
        return step == null ? Optional.empty() : Optional.ofNullable(exchanges.changeOf(step));
    }

    @Override
    public Optional<String> pinned() {
        return Optional.ofNullable(selection.wanted().pin());
    }

    @Override
    public Optional<PolicyInfo> current() {
        return policies().stream().filter(info -> info.state().equals("current")).findFirst();
    }

    @Override
    public List<PolicyInfo> policies() {
        if (selection.current() == null) {
            change(Cause.of("first use", Cause.thread()), List.of());
        }
        String difference = store.difference();
        List<Function<Followers, PolicyInfo>> rows = selection.read(view -> {
            Reasons reasons = new Reasons(view, difference);
            return view.candidates().stream().map(candidate -> row(view, reasons, candidate)).toList();
        });
        return rows.stream().map(row -> row.apply(followers)).toList();
    }

    /** Reads a candidate under the lock; its loops are counted later, without. */
    private static Function<Followers, PolicyInfo> row(Contenders.View view, Reasons reasons, Candidate candidate) {
        Resolution resolution = candidate.resolution;
        IoDriverFactory driver = candidate.driver();
        String state = candidate == view.current() ? "current" : candidate.refusal != null ? "refused" : "standby";
        List<String> why = reasons.of(candidate);
        boolean pinned = candidate == view.named();
        Description description = candidate.description;
        int ranking = candidate.ranking();
        return loops -> new Info(description.name(), ranking, candidate.serviceId, state,
                candidate.source.label, pinned, resolution == null ? "-" : resolution.driverName(),
                driver == null ? 0 : loops.countOn(driver), candidate.owner.name(), candidate.owner.id(),
                description.home(), why);
    }

    @Override
    public List<String> notStarted() {
        return bundles.notStarted().stream().map(each -> each.policy() + ": " + each.advice()).distinct().toList();
    }

    @Override
    public List<String> missing() {
        return bundles.missing().stream().map(each -> each.policy() + ": " + each.advice()).distinct().toList();
    }

    @Override
    public List<PolicyChange> history() {
        return history.all();
    }

    @Override
    public Installation addListener(PolicyListener listener) {
        return history.listen(listener);
    }

    @Override
    public List<LoopInfo> loops() {
        return followers.infos();
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
    public List<String> drain(Duration patience) {
        return followers.drain(Durations.nanos(Objects.requireNonNull(patience, "patience")));
    }

    // ---- small things

    private void change(Cause cause, List<IoDriverFactory> gone) {
        settle(selection.select(cause, gone, /* quietly= */ false));
    }

    private void settle(@Nullable Step step) {
        if (step != null) {
            exchanges.settle(step);
        }
    }

    private void release(Candidate candidate) {
        EventLoopPolicy policy = candidate.policy();
        if (policy != null) {
            candidate.resolution = null;
            Resolution.giveBack(candidate, policy);
        }
    }

    private Function<Resolution, Candidate> candidateOf(EventLoopPolicy policy, Owner caller) {
        Owner owner = owners.of(policy.getClass());
        Description known = selection.descriptionOf(policy);
        Description description = known == null
                ? Description.ofClass(policy.getClass(), /* ranked= */ false)
                : Description.of(known.name(), null, known.home());
        return resolution -> Candidate.ofCode(owner.isNone() ? caller : owner, description, resolution);
    }

    private String who(Candidate candidate) {
        return candidate.owner.isNone() ? Cause.thread() : candidate.owner.toString();
    }
}
