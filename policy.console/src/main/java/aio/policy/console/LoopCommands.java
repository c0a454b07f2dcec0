package aio.policy.console;

import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.PolicyAdmin;
import aio.policy.console.View.Style;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
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
            "osgi.command.function=close",
            "osgi.command.function=drain"
        })
public final class LoopCommands {
    private static final String SCOPE = "loop";
    private static final Usage LIST = Usage.of(SCOPE, "list", Help.LOOP_LIST, Option.JSON);
    private static final Usage INFO = Usage.of(SCOPE, "info", Help.LOOP_INFO, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage STATS = Usage.of(SCOPE, "stats", Help.LOOP_STATS, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage CLOSE = Usage.of(SCOPE, "close", Help.LOOP_CLOSE).name(Help.LOOP);

    private static final Usage DRAIN = Usage.of(SCOPE, "drain", Help.LOOP_DRAIN, Option.WAIT);
    private static final int DRAIN_SECONDS = 10;

    private static final List<String> NONE = List.of("no loop is open");

    private final PolicyAdmin admin;
    private final LoopDirectory directory;

    /** For the service component runtime. */
    @Activate
    public LoopCommands(@Reference PolicyAdmin admin, @Reference LoopDirectory directory) {
        this.admin = admin;
        this.directory = directory;
    }

    /** {@code loop:list}. */
    @Descriptor(Help.LOOP_LIST)
    public Object list(@Descriptor(Help.WORDS) String... words) {
        return LIST.answer(words, given -> answer(Style.LOOPS, given));
    }

    /** {@code loop:info [NAME]}. */
    @Descriptor(Help.LOOP_INFO)
    public Object info(@Descriptor(Help.WORDS) String... words) {
        return INFO.answer(words, given -> answer(Style.LOOP_DETAILS, given));
    }

    /** {@code loop:stats [NAME]}. */
    @Descriptor(Help.LOOP_STATS)
    public Object stats(@Descriptor(Help.WORDS) String... words) {
        return STATS.answer(words, given -> answer(Style.LOOP_NUMBERS, given));
    }

    /** {@code loop:close NAME}. */
    @Descriptor(Help.LOOP_CLOSE)
    public Object close(@Descriptor(Help.WORDS) String... words) {
        return CLOSE.answer(words, given -> {
            String name = given.arguments().get(0);
            admin.closeLoop(name);
            return "loop: '" + Plain.text(name) + "' ends, its configuration is deleted";
        });
    }

    /** {@code loop:drain}. */
    @Descriptor(Help.LOOP_DRAIN)
    public Object drain(@Descriptor(Help.WORDS) String... words) {
        return DRAIN.answer(words, given -> {
            int seconds = given.has(Option.WAIT) ? given.number(Option.WAIT) : DRAIN_SECONDS;
            List<String> held = admin.drain(Duration.ofSeconds(seconds));
            return held.isEmpty()
                    ? "loops: drained, all connections have ended by themselves"
                    : "loops: drained, and closed after " + seconds + " s: " + Plain.text(String.join("; ", held));
        });
    }

    /** Returns all commands, for other shells. */
    public List<Command> commands() {
        return List.of(
                Command.answering(LIST, this::list),
                Command.answering(INFO, this::info),
                Command.answering(STATS, this::stats),
                Command.answering(CLOSE, this::close),
                Command.answering(DRAIN, this::drain));
    }

    private Object answer(Style style, Given given) {
        List<LoopInfo> loops = given.name().map(this::named).orElseGet(directory::loops);
        return given.has(Option.JSON)
                ? Json.rows(loops.stream().map(JsonRows::of).toList())
                : new View<>(style, loops, loops.isEmpty() ? NONE : List.of());
    }

    private List<LoopInfo> named(String name) {
        List<LoopInfo> loops = directory.loops();
        List<LoopInfo> named = loops.stream().filter(loop -> loop.name().equals(name)).toList();
        if (named.isEmpty()) {
            String open = loops.stream().map(LoopInfo::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    Plain.text("no loop '" + name + "'; open: " + (open.isEmpty() ? "none" : open)));
        }
        return named;
    }
}
