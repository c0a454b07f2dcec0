package aio.core.registry;

import aio.core.foreign.CallScope;
import aio.core.foreign.Text;
import aio.core.loop.Probes;
import aio.core.thread.Starts;
import aio.loop.BundleId;
import aio.policy.ChangeReason;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyRegistry;
import aio.spi.IoDriverFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registry: takes note of what changes the policy, and lets the loops follow. Any thread; user code is called
 * without a lock.
 */
public final class Registry implements PolicyRegistry {
    private final Owners owners;
    private final PolicyBundles bundles;
    private final Drivers drivers = new Drivers();
    private final History history = new History(Settings.DEFAULTS.historySize());
    private final CallScope callScope = new CallScope();
    private final GivenUpDrivers givenUp = new GivenUpDrivers();
    private final Exchanges exchanges;
    private final Selection selection;
    private final Administration admin;
    private final PolicyAdmin operator;
    private final Directory directory;
    private final HeldBack heldBack;
    // a setting publishes nothing else
    private volatile Settings settings = Settings.DEFAULTS;
    private volatile PinOptions trialOptions = PinOptions.defaults();

    public Registry(Followers followers, Owners owners, PolicyBundles bundles) {
        this(followers, new Probes(), owners, bundles, Times.SYSTEM);
    }

    Registry(Followers followers, Probes probes, Owners owners, PolicyBundles bundles, Times times) {
        this.owners = owners;
        this.bundles = bundles;
        this.selection = new Selection(() -> settings.strict(), times.clock(), drivers, this::decided);
        this.exchanges = new Exchanges(selection, followers, probes, history, () -> settings.stopWaitNanos());
        this.heldBack = new HeldBack(selection, times, exchanges::settle);
        this.admin = new Administration(selection, exchanges, followers, owners, bundles, times);
        this.operator = admin.operator();
        this.directory = new Directory(selection, this::chooseFirst, admin, followers, history, bundles);
    }

    /** Returns what operators have decided. */
    public Administration administration() {
        return admin;
    }

    /** Returns what an operator can do. */
    public PolicyAdmin admin() {
        return operator;
    }

    /** Returns what shows the policies. */
    public Directory directory() {
        return directory;
    }

    private void decided(Step step) {
        exchanges.add(step);
    }

    // ---- for the wiring

    /** Says where the process-wide policy is published. */
    public void publishTo(Consumer<@Nullable EventLoopPolicy> publisher) {
        selection.publishTo(publisher);
    }

    public Settings settings() {
        return settings;
    }

    public void configure(Settings newSettings) {
        Caution before = settings.caution();
        settings = newSettings;
        history.limit(newSettings.historySize());
        if (!before.equals(newSettings.caution())) {
            selection.beCautious(newSettings.caution());
            change(Cause.byOperator(ChangeReason.CONFIGURED, "configuration"), List.of());
            heldBack.watch();
        }
    }

    /** The configuration has another choice; a name that is not there takes hold when it comes. */
    public void configureChoice(Choice choice) {
        admin.configure(choice, trialOptions);
    }

    /** Says how a pin of the configuration is tried. */
    public void configureTrials(PinOptions options) {
        trialOptions = options;
    }

    /** Adds a candidate that is chosen on first use only. */
    public void discovered(Candidate candidate) {
        selection.add(candidate);
    }

    public void arrived(Candidate candidate) {
        selection.add(candidate);
        String text = "rank " + Description.text(candidate.ranking()) + ", service arrived";
        Cause cause = Cause.by(candidate.owner, ChangeReason.SERVICE_ARRIVED, text);
        settle(selection.select(cause, List.of()));
        heldBack.arrived(candidate);
    }

    public void described(Candidate candidate, Description description) {
        Integer before = selection.describe(candidate, description);
        if (before != null) {
            String text = before == candidate.ranking()
                    ? "service modified"
                    : "ranking " + Description.text(before) + " -> " + Description.text(candidate.ranking());
            Cause cause = Cause.by(candidate.owner, ChangeReason.SERVICE_MODIFIED, text);
            settle(selection.select(cause, List.of()));
            heldBack.described(candidate);
            heldBack.watch();
        }
    }

    public void left(Candidate candidate, ChangeReason reason, String cause) {
        Cause why = selection.remove(candidate, Cause.by(candidate.owner, reason, cause));
        if (why == null) {
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
        Cause cause = stopOf(bundle);
        if (selection.uninstallOf(bundle, cause)) {
            change(cause, List.of());
        }
    }

    private static Cause stopOf(Owner bundle) {
        return Cause.by(bundle, ChangeReason.BUNDLE_STOPPED, "bundle " + bundle.id() + " stopped");
    }

    /** A bundle has stopped: nothing of its classes is kept. */
    public void stopped(Owner bundle) {
        Predicate<Class<?>> ofBundle = type -> owners.of(type).equals(bundle);
        try {
            stopping(bundle);
            List<IoDriverFactory> gone = drivers.of(ofBundle);
            if (!gone.isEmpty()) {
                change(stopOf(bundle), gone);
            }
        } finally {
            selection.purge(ofBundle);
            history.purge(ofBundle);
        }
    }

    /** A bundle was uninstalled: its scope ends. */
    public void uninstalled(Owner bundle) {
        admin.uninstalled(bundle);
    }

    /** Gives every policy back and chooses none any more. */
    public void close() {
        admin.close();
        exchanges.close();
        heldBack.close();
        selection.close().forEach(this::release);
    }

    /** Makes sure that a loop that the core is about to make finds a driver that works. */
    public void prepare() {
        exchanges.prepare();
    }

    /** A driver has failed too often on a loop. On the loop's thread, so it only takes note. */
    public void driverGivenUp(String loopName, IoDriverFactory driver, String reason) {
        if (givenUp.isToBeRefused(driver, loopName)) {
            Starts.begin("aio-policy-change", () -> exchanges.giveUp(driver, reason));
        }
    }

    /** A loop is parked, since every driver has failed on it. On the loop's thread, so it only takes note. */
    public void loopParked() {
        exchanges.loopParked();
    }

    // ---- for the loop factory

    ContextSlots slots(EventLoopPolicy policy) {
        return selection.slots(Objects.requireNonNull(policy, "policy"));
    }

    /** Returns the bundle whose code makes a loop; null if there is none. */
    @Nullable BundleId maker() {
        return owners.maker().bundle().orElse(null);
    }

    /** Returns the driver that this thread makes loops on, see {@link #with}; null if the policy's counts. */
    @Nullable IoDriverFactory driverOfCall() {
        return callScope.driver();
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
            chooseFirst();
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
        change(Cause.by(caller, ChangeReason.INSTALLED, "set by code"), List.of());
    }

    @Override
    public Installation install(EventLoopPolicy policy) {
        Objects.requireNonNull(policy, "policy is null: install an EventLoopPolicy,"
                + " or call setEventLoopPolicy(null) to let the services decide");
        Owner caller = owners.caller();
        Object token = selection.install(policy, candidateOf(policy, caller), caller);
        change(Cause.by(caller, ChangeReason.INSTALLED, "set by code"), List.of());
        return () -> {
            if (token != null && selection.uninstall(token)) {
                change(Cause.by(owners.caller(), ChangeReason.INSTALLATION_CLOSED, "installation closed"), List.of());
            }
        };
    }

    @Override
    public <T extends @Nullable Object> T with(EventLoopPolicy policy, Callable<T> call) throws Exception {
        Objects.requireNonNull(call, "call");
        IoDriverFactory driver = selection.resolutionOf(Objects.requireNonNull(policy, "policy")).driver();
        if (driver == null) {
            throw new IllegalArgumentException("policy " + Text.ofInstance(policy) + " brings no driver: loops cannot"
                    + " be made on it; choose a policy that policy:list shows with one");
        }
        return callScope.with(driver, call);
    }

    // ---- small things

    private void chooseFirst() {
        change(Cause.byThread(ChangeReason.FIRST_USE, "first use"), List.of());
    }

    private void change(Cause cause, List<IoDriverFactory> gone) {
        settle(selection.select(cause, gone));
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
}
