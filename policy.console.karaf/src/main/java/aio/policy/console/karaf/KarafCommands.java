package aio.policy.console.karaf;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.console.LoopCommands;
import aio.policy.console.PolicyCommands;
import aio.policy.console.TableConverter;
import aio.policy.console.karaf.command.KarafCommand;
import aio.policy.console.usage.Command;
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
    private static final TableConverter TEXT = new TableConverter();

    private final SessionFactory shell;
    private final PolicyCommands policies;
    private final LoopCommands loopCommands;
    private final List<Runnable> given;

    /** For the service component runtime. */
    @Activate
    public KarafCommands(
            @Reference SessionFactory shell,
            @Reference PolicyAdmin admin,
            @Reference PolicyDirectory directory,
            @Reference LoopDirectory loops) {
        this.shell = shell;
        policies = new PolicyCommands(admin, directory);
        loopCommands = new LoopCommands(admin, loops);
        given = List.of(
                give(policies.commands(), () -> directory.policies().stream().map(PolicyInfo::name).toList()),
                give(loopCommands.commands(), () -> loops.loops().stream().map(LoopInfo::name).toList()));
    }

    private Runnable give(List<Command> commands, Supplier<List<String>> names) {
        return KarafCommand.register(shell.getRegistry(), commands, names,
                (object, level) -> TEXT.format(object, level, null));
    }

    @Deactivate
    void stop() {
        given.forEach(Runnable::run);
        policies.stop();
        loopCommands.stop();
    }
}
