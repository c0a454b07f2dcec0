package aio.policy.console;

import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.console.text.Plain;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Usage;
import java.util.List;
import java.util.Optional;

/** The command {@code policy:confirm}. Any thread. */
final class Confirmations {
    private final PolicyAdmin admin;
    private final PolicyDirectory directory;
    private final Usage usage;

    Confirmations(PolicyAdmin admin, PolicyDirectory directory, Usage usage) {
        this.admin = admin;
        this.directory = directory;
        this.usage = usage;
    }

    Object answer(Given given) {
        List<String> words = given.arguments();
        boolean json = given.has(Option.JSON);
        if (words.isEmpty() && !given.has(Options.TAKE_BACK)) {
            return Rankings.shown(directory.confirmed(), json, "no policy is confirmed");
        }
        if (words.isEmpty() || json) {
            throw usage.refused("takes NAME, NAME --reset, --json, or nothing");
        }
        return given.has(Options.TAKE_BACK) ? takeBack(words.get(0)) : confirm(words.get(0));
    }

    private Object confirm(String name) {
        Optional<PolicyChange> change = admin.confirm(name);
        return answer(change, "'" + Plain.text(name) + "' is confirmed with the rank "
                + Optional.ofNullable(directory.confirmed().get(name)).map(Texts::rank).orElse("of its service"));
    }

    private Object takeBack(String name) {
        boolean given = directory.confirmed().containsKey(name);
        return answer(admin.unconfirm(name), given
                ? "'" + Plain.text(name) + "' is not confirmed any more"
                : "'" + Plain.text(name) + "' was not confirmed");
    }

    private Object answer(Optional<PolicyChange> change, String otherwise) {
        String current = directory.current().map(PolicyInfo::name).orElse("none");
        return change.<Object>map(made -> made)
                .orElseGet(() -> "policy: " + Plain.text(current) + " stays current; " + otherwise);
    }
}
