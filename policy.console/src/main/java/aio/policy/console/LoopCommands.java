package aio.policy.console;

import aio.loop.LoopInfo;
import aio.policy.PolicyRegistry;
import aio.policy.console.View.Style;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code loop}. Any thread. */
@Component(
        service = LoopCommands.class,
        property = {"osgi.command.scope=loop", "osgi.command.function=list", "osgi.command.function=info"})
public final class LoopCommands {
    private static final List<String> NONE = List.of("no loop is open");

    private final PolicyRegistry registry;

    /** For the service component runtime. */
    @Activate
    public LoopCommands(@Reference PolicyRegistry registry) {
        this.registry = registry;
    }

    /** {@code loop:list}. */
    @Descriptor(Help.LOOP_LIST)
    public Object list() {
        List<LoopInfo> loops = registry.loops();
        return new View<>(Style.LOOPS, loops, loops.isEmpty() ? NONE : List.of());
    }

    /** {@code loop:info}. */
    @Descriptor(Help.LOOP_INFO)
    public Object info() {
        List<LoopInfo> loops = registry.loops();
        return new View<>(Style.LOOP_DETAILS, loops, loops.isEmpty() ? NONE : List.of());
    }

    /** {@code loop:info NAME}. */
    @Descriptor(Help.LOOP_INFO)
    public Object info(@Descriptor(Help.LOOP) String name) {
        List<LoopInfo> loops = registry.loops();
        List<LoopInfo> named = loops.stream().filter(loop -> loop.name().equals(name)).toList();
        if (named.isEmpty()) {
            String open = loops.stream().map(LoopInfo::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("no loop '" + name + "'; open: " + (open.isEmpty() ? "none" : open));
        }
        return new View<>(Style.LOOP_DETAILS, named, List.of());
    }
}
