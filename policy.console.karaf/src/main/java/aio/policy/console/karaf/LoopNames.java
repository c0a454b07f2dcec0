package aio.policy.console.karaf;

import aio.loop.LoopInfo;
import aio.policy.PolicyRegistry;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the name of a loop. Any thread. */
@Service
public final class LoopNames implements Completer {
    @Reference
    private PolicyRegistry registry;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = registry.loops().stream().map(LoopInfo::name).toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
