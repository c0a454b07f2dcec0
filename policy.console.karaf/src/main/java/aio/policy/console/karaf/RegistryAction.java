package aio.policy.console.karaf;

import aio.policy.PolicyRegistry;
import aio.policy.console.TableConverter;
import org.apache.felix.service.command.Converter;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** A command that asks or tells the registry. Confined to the thread of its session; one object each call. */
abstract class RegistryAction implements Action {
    private static final TableConverter TEXT = new TableConverter();

    @Reference
    private PolicyRegistry registry;

    @Reference
    private Session session;

    @Override
    public final @Nullable Object execute() {
        Object answer = answer(registry);
        if (session.getTerminal() != null) {
            return answer;
        }
        // what a command answers without a terminal, as over ssh, Karaf does not print
        CharSequence text = TEXT.format(answer, Converter.INSPECT, null);
        session.getConsole().println(text == null ? answer : text);
        return null;
    }

    /** Runs the command. */
    abstract Object answer(PolicyRegistry registry);
}
