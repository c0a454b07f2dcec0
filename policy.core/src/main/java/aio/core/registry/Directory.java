package aio.core.registry;

import aio.policy.AbsentPolicy;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyListener;
import aio.policy.PolicyReason;
import aio.policy.PolicyScope;
import aio.policy.PolicyState;
import aio.policy.PolicyTrial;
import aio.spi.IoDriverFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Shows what is there and what happened. Any thread. */
public final class Directory implements PolicyDirectory {
    private final Selection selection;
    private final Runnable choosing;
    private final Administration admin;
    private final Followers followers;
    private final History history;
    private final PolicyBundles bundles;

    /**
     * Makes a directory.
     *
     * @param choosing chooses a policy if none has been chosen yet
     * @param admin knows what is to be said of the policy that is current
     */
    Directory(
            Selection selection,
            Runnable choosing,
            Administration admin,
            Followers followers,
            History history,
            PolicyBundles bundles) {
        this.selection = selection;
        this.choosing = choosing;
        this.admin = admin;
        this.followers = followers;
        this.history = history;
        this.bundles = bundles;
    }

    @Override
    public Optional<PolicyInfo> current() {
        return policies().stream().filter(info -> info.state() == PolicyState.CURRENT).findFirst();
    }

    @Override
    public List<PolicyInfo> policies() {
        if (selection.current() == null) {
            choosing.run();
        }
        List<String> told = admin.remarks();
        List<Function<Followers, PolicyInfo>> rows = selection.read(view -> {
            List<Candidate> all = view.candidates();
            Reasons reasons = new Reasons(view, all, told, admin.pinnerOf(view.pin()));
            return all.stream().map(candidate -> row(view, reasons, candidate)).toList();
        });
        return rows.stream().map(row -> row.apply(followers)).toList();
    }

    /** Reads a candidate under the lock; its loops are counted later, without. */
    private static Function<Followers, PolicyInfo> row(Contenders.View view, Reasons reasons, Candidate candidate) {
        Resolution resolution = candidate.resolution;
        IoDriverFactory driver = candidate.driver();
        PolicyState state = reasons.stateOf(candidate);
        List<String> why = reasons.of(candidate);
        boolean pinned = candidate == view.named();
        Description description = candidate.description;
        int ranking = candidate.ranking();
        List<PolicyScope> scopes = view.scopesOf(candidate);
        long id = candidate.serviceId;
        PolicyReason reason = reasons.reasonOf(candidate);
        return loops -> new Info(description.name(), ranking, id < 0 ? OptionalLong.empty() : OptionalLong.of(id),
                state, reason, candidate.source, pinned, scopes,
                Optional.ofNullable(resolution).flatMap(found -> Optional.ofNullable(found.driverName())),
                driver == null ? 0 : loops.countOn(driver), candidate.owner.bundle(),
                Optional.of(description.home()).filter(home -> !home.isEmpty()), why);
    }

    @Override
    public Optional<String> pinned() {
        return Optional.ofNullable(selection.wanted().pin());
    }

    @Override
    public Map<PolicyScope, String> pins() {
        Choice wanted = selection.wanted();
        Map<PolicyScope, String> pins = new TreeMap<>(wanted.scopes());
        if (wanted.pin() != null) {
            pins.put(PolicyScope.process(), wanted.pin());
        }
        return Collections.unmodifiableMap(pins);
    }

    @Override
    public Optional<PolicyTrial> trial() {
        return admin.trials.shown();
    }

    @Override
    public Optional<Instant> pinnedUntil() {
        return Optional.ofNullable(selection.wanted().until());
    }

    @Override
    public Map<String, Integer> ranks() {
        return selection.wanted().ranks();
    }

    @Override
    public Map<String, Integer> confirmed() {
        return selection.wanted().confirmed();
    }

    @Override
    public List<AbsentPolicy> absent() {
        return bundles.absent().stream().distinct().<AbsentPolicy>map(each -> each).toList();
    }

    @Override
    public List<PolicyChange> history() {
        return history.all();
    }

    @Override
    public Installation addListener(PolicyListener listener) {
        return history.listen(listener);
    }
}
