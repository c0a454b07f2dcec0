package aio.policy.console.karaf;

import aio.policy.PolicyRegistry;
import aio.policy.console.Help;
import aio.policy.console.PolicyCommands;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** The commands of the scope {@code policy}. Public, since Karaf makes the objects. */
public final class PolicyActions {
    private static final String SCOPE = "policy";

    private PolicyActions() {}

    /** {@code policy:list}. */
    @Service
    @Command(scope = SCOPE, name = "list", description = Help.POLICY_LIST)
    public static final class Lists extends RegistryAction {
        @Option(name = "-a", aliases = "--all", description = Help.ALL)
        private boolean all;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).list(all);
        }
    }

    /** {@code policy:current}. */
    @Service
    @Command(scope = SCOPE, name = "current", description = Help.POLICY_CURRENT)
    public static final class Current extends RegistryAction {
        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).current();
        }
    }

    /** {@code policy:use}. */
    @Service
    @Command(scope = SCOPE, name = "use", description = Help.POLICY_USE)
    public static final class Use extends RegistryAction {
        @Argument(name = "policy", description = Help.POLICY, required = true)
        @Completion(PolicyNames.class)
        private String policy;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).use(policy);
        }
    }

    /** {@code policy:auto}. */
    @Service
    @Command(scope = SCOPE, name = "auto", description = Help.POLICY_AUTO)
    public static final class Auto extends RegistryAction {
        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).auto();
        }
    }

    /** {@code policy:why}. */
    @Service
    @Command(scope = SCOPE, name = "why", description = Help.POLICY_WHY)
    public static final class Why extends RegistryAction {
        @Argument(name = "policy", description = Help.POLICY)
        @Completion(PolicyNames.class)
        private @Nullable String policy;

        @Override
        Object answer(PolicyRegistry registry) {
            PolicyCommands commands = new PolicyCommands(registry);
            return policy == null ? commands.why() : commands.why(policy);
        }
    }

    /** {@code policy:history}. */
    @Service
    @Command(scope = SCOPE, name = "history", description = Help.POLICY_HISTORY)
    public static final class History extends RegistryAction {
        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).history();
        }
    }
}
