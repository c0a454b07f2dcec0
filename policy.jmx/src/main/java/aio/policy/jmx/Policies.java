package aio.policy.jmx;

import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import java.util.List;
import java.util.Optional;

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
    public List<PolicyView> getPolicies() {
        return directory.policies().stream().map(PolicyView::new).toList();
    }

    @Override
    public List<ChangeView> getHistory() {
        return directory.history().stream().map(ChangeView::new).toList();
    }

    @Override
    public String use(String name) {
        return said(admin.pin(name));
    }

    @Override
    public String auto() {
        return said(admin.unpin());
    }

    @Override
    public String rank(String name, int ranking) {
        return said(admin.rank(name, ranking));
    }

    @Override
    public String resetRank(String name) {
        return said(admin.unrank(name));
    }

    @Override
    public String confirm(String name) {
        return said(admin.confirm(name));
    }

    @Override
    public String resetConfirmation(String name) {
        return said(admin.unconfirm(name));
    }

    private String said(Optional<PolicyChange> change) {
        return change.map(PolicyChange::summary)
                .orElseGet(() -> "no change: the current policy is '" + getCurrent() + "'");
    }
}
