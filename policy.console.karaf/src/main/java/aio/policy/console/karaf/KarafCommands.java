package aio.policy.console.karaf;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.console.Command;
import aio.policy.console.LoopCommands;
import aio.policy.console.PolicyCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Gives the commands to Karaf's shell for as long as there is a registry. Any thread. */
@Component(service = {}, immediate = true)
public final class KarafCommands {
    private final SessionFactory shell;
    private final PolicyCommands policies;
    private final LoopCommands loopCommands;
    private final List<KarafCommand> commands = new ArrayList<>();

    /** For the service component runtime. */
    @Activate
    public KarafCommands(
            @Reference SessionFactory shell,
            @Reference PolicyAdmin admin,
            @Reference PolicyDirectory directory,
            @Reference LoopDirectory loops) {
        this.shell = shell;
        policies = new PolicyCommands(admin, directory);
        add(policies.commands(), () -> directory.policies().stream().map(PolicyInfo::name).toList());
        loopCommands = new LoopCommands(admin, loops);
        add(loopCommands.commands(), () -> loops.loops().stream().map(LoopInfo::name).toList());
        commands.forEach(command -> shell.getRegistry().register(command));
    }

    private void add(List<Command> all, Supplier<List<String>> names) {
        all.forEach(command -> commands.add(new KarafCommand(command, names)));
    }

    @Deactivate
    void stop() {
        commands.forEach(command -> shell.getRegistry().unregister(command));
        policies.stop();
        loopCommands.stop();
    }
}
