package aio.policy.console;

import aio.loop.LoopInfo;
import aio.policy.PolicyRegistry;
import aio.policy.console.View.Style;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code loop}. Any thread. */
@Component(
        service = LoopCommands.class,
        property = {
            "osgi.command.scope=loop",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=stats",
            "osgi.command.function=close"
        })
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
    public Object list(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json) {
        return help ? usage("list").text() : answer(Style.LOOPS, registry.loops(), json);
    }

    /** {@code loop:info [NAME]}. */
    @Descriptor(Help.LOOP_INFO)
    @Arguments("[NAME]")
    public Object info(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor(Help.LOOP) String... names) {
        return help ? usage("info").text() : answer(Style.LOOP_DETAILS, named(usage("info").optional(names)), json);
    }

    /** {@code loop:stats [NAME]}. */
    @Descriptor(Help.LOOP_STATS)
    @Arguments("[NAME]")
    public Object stats(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor(Help.LOOP) String... names) {
        return help ? usage("stats").text() : answer(Style.LOOP_NUMBERS, named(usage("stats").optional(names)), json);
    }

    /** {@code loop:close NAME}. */
    @Descriptor(Help.LOOP_CLOSE)
    @Arguments("NAME")
    public Object close(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.LOOP) String... names) {
        if (help) {
            return usage("close").text();
        }
        String name = usage("close").required(names);
        registry.closeLoop(name);
        return "loop: '" + name + "' ends, its configuration is deleted";
    }

    private static Usage usage(String function) {
        return Usage.of(LoopCommands.class, "loop", function);
    }

    private static Object answer(Style style, List<LoopInfo> loops, boolean json) {
        return json
                ? Json.rows(loops.stream().map(JsonRows::of).toList())
                : new View<>(style, loops, loops.isEmpty() ? NONE : List.of());
    }

    private List<LoopInfo> named(Optional<String> name) {
        List<LoopInfo> loops = registry.loops();
        List<LoopInfo> named =
                loops.stream().filter(loop -> loop.name().equals(name.orElse(loop.name()))).toList();
        if (named.isEmpty() && name.isPresent()) {
            String open = loops.stream().map(LoopInfo::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "no loop '" + name.get() + "'; open: " + (open.isEmpty() ? "none" : open));
        }
        return named;
    }
}
