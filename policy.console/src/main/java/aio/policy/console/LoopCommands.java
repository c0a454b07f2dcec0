package aio.policy.console;

import aio.loop.ConnectionInfo;
import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.TaskInfo;
import aio.policy.PolicyAdmin;
import aio.policy.console.View.Style;
import aio.policy.console.json.Json;
import aio.policy.console.json.JsonRows;
import aio.policy.console.text.Plain;
import aio.policy.console.usage.Command;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Screen;
import aio.policy.console.usage.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code loop}. Any thread. */
@Component(
        service = LoopCommands.class,
        property = {
            "osgi.command.scope=loop",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=stats",
            "osgi.command.function=top",
            "osgi.command.function=blocked",
            "osgi.command.function=connections",
            "osgi.command.function=tasks",
            "osgi.command.function=close",
            "osgi.command.function=drain"
        })
public final class LoopCommands {
    private static final String SCOPE = "loop";
    private static final Usage LIST = Usage.of(SCOPE, "list", Help.LOOP_LIST, Option.JSON);
    private static final Usage INFO = Usage.of(SCOPE, "info", Help.LOOP_INFO, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage STATS = Usage.of(SCOPE, "stats", Help.LOOP_STATS, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage TOP =
            Usage.of(SCOPE, "top", Help.LOOP_TOP, Option.JSON, Options.ROUNDS, Options.EVERY);
    private static final Usage BLOCKED =
            Usage.of(SCOPE, "blocked", Help.LOOP_BLOCKED, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage CONNECTIONS =
            Usage.of(SCOPE, "connections", Help.LOOP_CONNECTIONS, Option.JSON, Options.CLOSE).name(Help.LOOP);
    private static final Usage TASKS = Usage.of(SCOPE, "tasks", Help.LOOP_TASKS, Option.JSON).nameOrNothing(Help.LOOP);
    private static final Usage CLOSE = Usage.of(SCOPE, "close", Help.LOOP_CLOSE).name(Help.LOOP);

    private static final Usage DRAIN = Usage.of(SCOPE, "drain", Help.LOOP_DRAIN, Options.WAIT);
    private static final int DRAIN_SECONDS = 10;

    private static final List<String> NONE = List.of("no loop is open");
    private static final List<String> NO_CONNECTION = List.of("no connection is open");
    private static final List<String> NO_TASK = List.of("no task is under way");
    private static final List<String> NO_BLOCK = List.of("nothing has held up a loop for 100 ms");

    private final PolicyAdmin admin;
    private final LoopDirectory directory;
    private final CountDownLatch gone = new CountDownLatch(1);

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
        return STATS.answer(words, this::stats);
    }

    private Object stats(Given given) {
        List<LoopInfo> loops = given.name().map(this::named).orElseGet(directory::loops);
        Numbers numbers = new Numbers(loops, directory);
        return given.has(Option.JSON)
                ? Json.rows(numbers.json())
                : new View<>(Style.LOOP_NUMBERS, loops, loops.isEmpty() ? NONE : numbers.lines());
    }

    /** {@code loop:top}. */
    @Descriptor(Help.LOOP_TOP)
    public @Nullable Object top(CommandSession session, @Descriptor(Help.WORDS) String... words) throws IOException {
        return top(Screen.of(session), words);
    }

    private @Nullable Object top(Screen screen, String... words) throws IOException {
        Object answer = TOP.answer(words, given -> given);
        return answer instanceof Given given ? new Top(directory, gone).run(screen, given) : answer;
    }

    /** {@code loop:blocked [NAME]}. */
    @Descriptor(Help.LOOP_BLOCKED)
    public Object blocked(@Descriptor(Help.WORDS) String... words) {
        return BLOCKED.answer(words, this::blocked);
    }

    private Object blocked(Given given) {
        List<LoopBlock> blocks = given.name().map(this::blocksOf).orElseGet(directory::blocks);
        return given.has(Option.JSON)
                ? Json.rows(blocks.stream().map(JsonRows::of).toList())
                : new View<>(Style.BLOCKS, blocks, blocks.isEmpty() ? NO_BLOCK : List.of());
    }

    /** What held up a loop that is closed by now is known, too. */
    private List<LoopBlock> blocksOf(String name) {
        List<LoopBlock> blocks = directory.blocks().stream().filter(block -> block.loop().equals(name)).toList();
        if (blocks.isEmpty()) {
            named(name);
        }
        return blocks;
    }

    /** {@code loop:connections NAME}, {@code loop:connections NAME --close ID}. */
    @Descriptor(Help.LOOP_CONNECTIONS)
    public Object connections(@Descriptor(Help.WORDS) String... words) {
        return CONNECTIONS.answer(words, this::connections);
    }

    private Object connections(Given given) {
        String name = given.arguments().get(0);
        if (given.has(Options.CLOSE)) {
            return "loop: connection " + Texts.line(admin.closeConnection(name, given.id(Options.CLOSE)))
                    + " of '" + Plain.text(name) + "' is closed";
        }
        List<ConnectionInfo> connections = directory.connections(name);
        return given.has(Option.JSON)
                ? Json.rows(connections.stream().map(JsonRows::of).toList())
                : new View<>(Style.CONNECTIONS, connections, connections.isEmpty() ? NO_CONNECTION : List.of());
    }

    /** {@code loop:tasks [NAME]}. */
    @Descriptor(Help.LOOP_TASKS)
    public Object tasks(@Descriptor(Help.WORDS) String... words) {
        return TASKS.answer(words, this::tasks);
    }

    private Object tasks(Given given) {
        List<TaskInfo> tasks = given.name().map(directory::tasks).orElseGet(() -> directory.loops().stream()
                .map(LoopInfo::name)
                .distinct()
                .flatMap(name -> directory.tasks(name).stream())
                .toList());
        return given.has(Option.JSON)
                ? Json.rows(tasks.stream().map(JsonRows::of).toList())
                : new View<>(Style.TOLD, tasks, tasks.isEmpty() ? NO_TASK : new TaskTree(tasks).lines());
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
            int seconds = given.has(Options.WAIT) ? given.number(Options.WAIT) : DRAIN_SECONDS;
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
                new Command(TOP, this::top),
                Command.answering(BLOCKED, this::blocked),
                Command.answering(CONNECTIONS, this::connections),
                Command.answering(TASKS, this::tasks),
                Command.answering(CLOSE, this::close),
                Command.answering(DRAIN, this::drain));
    }

    /** Ends the commands that still run. */
    @Deactivate
    public void stop() {
        gone.countDown();
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
