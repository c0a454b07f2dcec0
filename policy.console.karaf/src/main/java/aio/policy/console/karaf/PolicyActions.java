package aio.policy.console.karaf;

import aio.policy.PolicyRegistry;
import aio.policy.console.Help;
import aio.policy.console.PolicyCommands;
import aio.policy.console.Watch;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
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

        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).list(false, json, all);
        }
    }

    /** {@code policy:current}. */
    @Service
    @Command(scope = SCOPE, name = "current", description = Help.POLICY_CURRENT)
    public static final class Current extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).current(false, json);
        }
    }

    /** {@code policy:info}. */
    @Service
    @Command(scope = SCOPE, name = "info", description = Help.POLICY_INFO)
    public static final class Info extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Argument(name = "policy", description = Help.POLICY, required = true)
        @Completion(PolicyNames.class)
        private String policy;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).info(false, json, policy);
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
            return new PolicyCommands(registry).use(false, policy);
        }
    }

    /** {@code policy:auto}. */
    @Service
    @Command(scope = SCOPE, name = "auto", description = Help.POLICY_AUTO)
    public static final class Auto extends RegistryAction {
        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).auto(false);
        }
    }

    /** {@code policy:rank}. */
    @Service
    @Command(scope = SCOPE, name = "rank", description = Help.POLICY_RANK)
    public static final class Rank extends RegistryAction {
        @Option(name = "--reset", description = Help.RESET)
        private boolean reset;

        @Argument(index = 0, name = "policy", description = Help.POLICY)
        @Completion(PolicyNames.class)
        private @Nullable String policy;

        @Argument(index = 1, name = "ranking", description = "a whole number, min or max")
        private @Nullable String ranking;

        @Override
        Object answer(PolicyRegistry registry) {
            String[] words = Stream.of(policy, ranking).filter(Objects::nonNull).toArray(String[]::new);
            return new PolicyCommands(registry).rank(false, reset, words);
        }
    }

    /** {@code policy:why}. */
    @Service
    @Command(scope = SCOPE, name = "why", description = Help.POLICY_WHY)
    public static final class Why extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Argument(name = "policy", description = Help.POLICY)
        @Completion(PolicyNames.class)
        private @Nullable String policy;

        @Override
        Object answer(PolicyRegistry registry) {
            PolicyCommands commands = new PolicyCommands(registry);
            return policy == null ? commands.why(false, json) : commands.why(false, json, policy);
        }
    }

    /** {@code policy:history}. */
    @Service
    @Command(scope = SCOPE, name = "history", description = Help.POLICY_HISTORY)
    public static final class History extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Override
        Object answer(PolicyRegistry registry) {
            return new PolicyCommands(registry).history(false, json);
        }
    }

    /** {@code policy:watch}. */
    @Service
    @Command(scope = SCOPE, name = "watch", description = Help.POLICY_WATCH)
    public static final class Watches implements Action {
        @Option(name = "-n", aliases = "--count", description = Help.COUNT)
        private int count;

        @Reference
        private PolicyRegistry registry;

        @Reference
        private Session session;

        @Override
        public @Nullable Object execute() throws IOException {
            new Watch(registry, session.getKeyboard(), session.getConsole()).run(count, () -> false);
            return null;
        }
    }
}
