package aio.policy.jmx;

import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import aio.policy.console.words.PinWords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bean of all policies. */
final class Policies implements PoliciesMXBean {
    private final PolicyDirectory directory;
    private final PolicyAdmin admin;

    Policies(PolicyDirectory directory, PolicyAdmin admin) {
        this.directory = directory;
        this.admin = admin;
    }

    @Override
    public String getCurrent() {
        return directory.current().map(PolicyInfo::name).orElse("");
    }

    @Override
    public String getPinned() {
        return directory.pinned().orElse("");
    }

    @Override
    public String getPinnedUntil() {
        return directory.pinnedUntil().map(Instant::toString).orElse("");
    }

    @Override
    public Map<String, String> getScopePins() {
        Map<String, String> pins = new TreeMap<>();
        directory.pins().forEach((scope, policy) -> pins.put(scope.toString(), policy));
        pins.remove(PolicyScope.process().toString());
        return pins;
    }

    @Override
    public Map<String, Integer> getRanks() {
        return directory.ranks();
    }

    @Override
    public Map<String, Integer> getConfirmed() {
        return directory.confirmed();
    }

    @Override
    public @Nullable TrialView getTrial() {
        return directory.trial().map(TrialView::new).orElse(null);
    }

    @Override
    public List<PolicyView> getPolicies() {
        return directory.policies().stream().map(PolicyView::new).toList();
    }

    @Override
    public List<ChangeView> getHistory() {
        return directory.history().stream().map(ChangeView::new).toList();
    }

    @Override
    public String use(String name) {
        return said(admin().pin(name));
    }

    @Override
    public String use(String name, String options) {
        PinOptions given = PinWords.options(options);
        if (given == PinOptions.defaults()) {
            return use(name);
        }
        return admin().pin(name, given).map(PolicyChange::summary).orElseGet(() -> given.isTrial()
                ? "'" + name + "' is tried; no loop had to move"
                : "no change: '" + name + "' was chosen for " + given.scope() + " already");
    }

    @Override
    public PlanView plan(String name, String options) {
        return new PlanView(admin.plan(name, PinWords.options(options)));
    }

    @Override
    public String auto() {
        return said(admin().unpin());
    }

    @Override
    public String auto(String options) {
        PolicyScope scope = PinWords.scope(options);
        return scope.isProcess() ? auto()
                : admin().unpin(scope).map(PolicyChange::summary).orElse("no change for " + scope);
    }

    @Override
    public String rank(String name, int ranking) {
        return said(admin().rank(name, ranking));
    }

    @Override
    public String resetRank(String name) {
        return said(admin().unrank(name));
    }

    @Override
    public String confirm(String name) {
        return said(admin().confirm(name));
    }

    @Override
    public String resetConfirmation(String name) {
        return said(admin().unconfirm(name));
    }

    /** Returns the service that names the present caller in changes. */
    private PolicyAdmin admin() {
        return Caller.with(admin);
    }

    private String said(Optional<PolicyChange> change) {
        return change.map(PolicyChange::summary)
                .orElseGet(() -> "no change: the current policy is '" + getCurrent() + "'");
    }
}
