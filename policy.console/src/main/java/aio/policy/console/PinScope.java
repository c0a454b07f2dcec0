package aio.policy.console;

import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For which loops {@code policy:use} and {@code policy:auto} are meant, and how that is shown. */
final class PinScope {
    private PinScope() {}

    /** Returns the scope that was typed: the process if none was. */
    static PolicyScope of(Given given, Usage usage) {
        Optional<String> loop = given.text(Options.LOOP);
        boolean isBundle = given.has(Options.BUNDLE);
        if (loop.isPresent() && isBundle) {
            throw usage.refused("takes --loop or --bundle, not both");
        }
        return loop.map(PolicyScope::loop)
                .orElseGet(() -> isBundle ? PolicyScope.bundle(given.id(Options.BUNDLE)) : PolicyScope.process());
    }

    /** Returns how a pin of a scope is removed. */
    static String removal(PolicyScope scope) {
        return "policy:auto" + switch (scope.kind()) {
            case LOOP -> " --loop " + scope.loopName().orElse("");
            case BUNDLE -> " --bundle " + scope.bundleId().orElse(-1);
            case PROCESS, CANARY -> "";
        };
    }

    /** Says which pins of scopes have no effect, since their policy is not there or does not work. */
    static List<String> withoutEffect(PolicyDirectory directory) {
        Map<PolicyScope, String> pins = directory.pins();
        List<PolicyScope> scopes = new ArrayList<>(pins.keySet());
        List<PolicyInfo> policies = directory.policies();
        scopes.removeIf(scope -> scope.isProcess()
                || policies.stream().anyMatch(policy -> policy.scopes().contains(scope)));
        return scopes.stream()
                .map(scope -> "  pinned for " + scope + ": '" + pins.get(scope) + "', which is not there or does not"
                        + " work; " + removal(scope) + " removes the pin")
                .toList();
    }

    /** Returns scopes as a table has them. */
    static String text(PolicyInfo policy) {
        return String.join(", ", policy.scopes().stream().map(PolicyScope::toString).toList());
    }
}
