package aio.policy.console.karaf;

import aio.policy.PolicyRegistry;
import aio.policy.console.Help;
import aio.policy.console.LoopCommands;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** The commands of the scope {@code loop}. Public, since Karaf makes the objects. */
public final class LoopActions {
    private static final String SCOPE = "loop";

    private LoopActions() {}

    /** {@code loop:list}. */
    @Service
    @Command(scope = SCOPE, name = "list", description = Help.LOOP_LIST)
    public static final class Lists extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Override
        Object answer(PolicyRegistry registry) {
            return new LoopCommands(registry).list(false, json);
        }
    }

    /** {@code loop:info}. */
    @Service
    @Command(scope = SCOPE, name = "info", description = Help.LOOP_INFO)
    public static final class Info extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Argument(name = "loop", description = Help.LOOP)
        @Completion(LoopNames.class)
        private @Nullable String loop;

        @Override
        Object answer(PolicyRegistry registry) {
            LoopCommands commands = new LoopCommands(registry);
            return loop == null ? commands.info(false, json) : commands.info(false, json, loop);
        }
    }

    /** {@code loop:stats}. */
    @Service
    @Command(scope = SCOPE, name = "stats", description = Help.LOOP_STATS)
    public static final class Stats extends RegistryAction {
        @Option(name = "--json", description = Help.JSON)
        private boolean json;

        @Argument(name = "loop", description = Help.LOOP)
        @Completion(LoopNames.class)
        private @Nullable String loop;

        @Override
        Object answer(PolicyRegistry registry) {
            LoopCommands commands = new LoopCommands(registry);
            return loop == null ? commands.stats(false, json) : commands.stats(false, json, loop);
        }
    }

    /** {@code loop:close}. */
    @Service
    @Command(scope = SCOPE, name = "close", description = Help.LOOP_CLOSE)
    public static final class Close extends RegistryAction {
        @Argument(name = "loop", description = Help.LOOP, required = true)
        @Completion(LoopNames.class)
        private String loop;

        @Override
        Object answer(PolicyRegistry registry) {
            return new LoopCommands(registry).close(false, loop);
        }
    }
}
