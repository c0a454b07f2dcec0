package aio.policy.fleet;

import aio.policy.PinOptions;
import aio.policy.console.json.Json;
import aio.policy.console.text.Plain;
import aio.policy.console.usage.Command;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Screen;
import aio.policy.console.usage.Usage;
import aio.policy.console.words.PinWords;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.rollout.Wave;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;

/** The commands of the scope {@code fleet}, which are there while this process is a node. Any thread. */
public final class FleetCommands {
    static final String SCOPE = "fleet";

    private static final String WORDS = "options and arguments: --help lists them";
    private static final String LIST_TEXT = "shows the nodes of the fleet; * is the coordinator";
    private static final String USE_TEXT = "pins a policy on all nodes, wave by wave";
    private static final String AUTO_TEXT = "removes the fleet's pin on all nodes, wave by wave";
    private static final String STATUS_TEXT = "shows what is decided, and where the roll-out stands";
    private static final String PAUSE_TEXT = "lets no further wave begin";
    private static final String RESUME_TEXT = "lets the next wave begin";
    private static final String ABORT_TEXT = "ends the roll-out; every node goes back";
    private static final String HISTORY_TEXT = "shows the roll-outs that are over, the latest last";

    private static final Option WAVES = Option.text(
            "how many nodes have moved after each wave, as '1,10%,100%'; all at once unless given", "LIST", "--waves");
    private static final Option PATIENCE = Option.text(
            "how long a node may be away, or take, before it counts as failed; 30s unless given", "TIME", "--patience");
    private static final Option ALLOW_REFUSED =
            Option.flag("a node on which the policy does not work does not count", "--allow-refused");
    private static final Option WAIT =
            Option.flag("ends with the roll-out, and fails if that was taken back", "--wait");
    /** What the guard of each node is told, by the words of {@code policy:use}. */
    private static final List<Option> TRIAL = List.of(
            Option.text("each node of a wave tries the policy for so long, as 60s", "TIME", "--watch"),
            Option.text("the lag that 99 of 100 looks for I/O may have meanwhile, 100ms unless given", "TIME",
                    "--max-lag"),
            Option.text("how many more connections may fail than on the other loops, 1% unless given", "SHARE",
                    "--max-errors"));
    private static final Usage LIST = Usage.of(SCOPE, "list", LIST_TEXT, Option.JSON);
    private static final Usage USE = Usage.of(SCOPE, "use", USE_TEXT, ofRollOuts())
            .name("the name of the policy, as policy:list shows it", "policy:list");
    private static final Usage AUTO = Usage.of(SCOPE, "auto", AUTO_TEXT, ofRollOuts());
    private static final Usage STATUS = Usage.of(SCOPE, "status", STATUS_TEXT, Option.JSON);
    private static final Usage PAUSE = Usage.of(SCOPE, "pause", PAUSE_TEXT, Option.JSON);
    private static final Usage RESUME = Usage.of(SCOPE, "resume", RESUME_TEXT, Option.JSON);
    private static final Usage ABORT = Usage.of(SCOPE, "abort", ABORT_TEXT, Option.JSON);
    private static final Usage HISTORY = Usage.of(SCOPE, "history", HISTORY_TEXT, Option.JSON);
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    private final FleetNode node;
    private final Clock clock = Clock.systemUTC();

    FleetCommands(FleetNode node) {
        this.node = node;
    }

    private static Option[] ofRollOuts() {
        List<Option> options = new ArrayList<>(List.of(Option.JSON, WAVES));
        options.addAll(TRIAL);
        options.addAll(List.of(PATIENCE, ALLOW_REFUSED, WAIT));
        return options.toArray(Option[]::new);
    }

    /** {@code fleet:list}. */
    @Descriptor(LIST_TEXT)
    public Object list(@Descriptor(WORDS) String... words) {
        return LIST.answer(words, given -> told(() -> {
            State state = node.state();
            Map<String, Report> reports = node.reports();
            return given.has(Option.JSON)
                    ? Json.rows(Rows.rows(state, reports, node.coordinator()))
                    : shown(Rows.nodes(state, reports, node.coordinator()));
        }));
    }

    /** {@code fleet:use NAME}. */
    @Descriptor(USE_TEXT)
    public Object use(CommandSession session, @Descriptor(WORDS) String... words) {
        return use(Screen.of(session), words);
    }

    private Object use(Screen screen, String... words) {
        return USE.answer(words, given -> {
            String name = given.arguments().get(0);
            if (name.isBlank()) { // of a variable that is not set: it must not take the pin away
                throw USE.refused("needs a name that is not empty; fleet:auto removes the pin");
            }
            return begin(given, name, screen);
        });
    }

    /** {@code fleet:auto}. */
    @Descriptor(AUTO_TEXT)
    public Object auto(CommandSession session, @Descriptor(WORDS) String... words) {
        return auto(Screen.of(session), words);
    }

    private Object auto(Screen screen, String... words) {
        return AUTO.answer(words, given -> begin(given, "", screen));
    }

    /** Says that a roll-out begins, or waits for its end and says that. */
    private String begin(Given given, String policy, Screen screen) {
        Decision decision = decision(given, policy, who(screen));
        return told(() -> {
            Rollout rollout = node.decide(decision);
            if (given.has(WAIT)) {
                return changed(given, node.awaitEnd(rollout.number()));
            }
            return given.has(Option.JSON)
                    ? changed(given, rollout)
                    : "fleet: number " + rollout.number() + " begins: " + rollout.decision().target() + " on "
                            + nodes(rollout.members()) + ", " + rollout.waves().size()
                            + (rollout.waves().size() == 1 ? " wave" : " waves") + "; fleet:status shows how it goes";
        });
    }

    private Decision decision(Given given, String policy, String who) {
        if (policy.contains("#")) {
            throw new IllegalArgumentException("policy is '" + policy + "': expected its name alone, since the ids of"
                    + " services differ from node to node");
        }
        PinOptions options = PinOptions.defaults();
        for (Option option : TRIAL) {
            Optional<String> value = given.text(option);
            options = value.isPresent() ? PinWords.with(options, option.word(), value.get()) : options;
        }
        return new Decision(policy, given.text(WAVES).map(Wave::list).orElse(Wave.ONE_FOR_ALL), options.watch(),
                options.maxLag(), options.maxErrors(), given.has(ALLOW_REFUSED),
                given.text(PATIENCE).map(FleetCommands::patience).orElse(USUAL_PATIENCE), who, clock.instant());
    }

    private static Duration patience(String text) {
        try {
            return PinOptions.defaults().with("watch", text).watch();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "patience is '" + text + "': expected a time such as 500ms, 30s, 1h30m or PT30S", e);
        }
    }

    /** {@code fleet:status}. */
    @Descriptor(STATUS_TEXT)
    public Object status(@Descriptor(WORDS) String... words) {
        return STATUS.answer(words, given -> told(() -> {
            State state = node.state();
            Map<String, Report> reports = node.reports();
            if (given.has(Option.JSON)) {
                return Json.text(Rows.row(state, reports, node.coordinator(), node.trouble()));
            }
            List<String> lines = new ArrayList<>(List.of("fleet '" + node.fleet() + "', " + nodes(reports.size())
                    + ", coordinator: " + node.coordinator().orElse("none at the moment")));
            lines.addAll(Rows.status(state, reports));
            return shown(lines);
        }));
    }

    /** {@code fleet:pause}. */
    @Descriptor(PAUSE_TEXT)
    public Object pause(@Descriptor(WORDS) String... words) {
        return PAUSE.answer(words, given -> told(() -> changed(given, node.pause(true))));
    }

    /** {@code fleet:resume}. */
    @Descriptor(RESUME_TEXT)
    public Object resume(@Descriptor(WORDS) String... words) {
        return RESUME.answer(words, given -> told(() -> changed(given, node.pause(false))));
    }

    /** {@code fleet:abort}. */
    @Descriptor(ABORT_TEXT)
    public Object abort(CommandSession session, @Descriptor(WORDS) String... words) {
        return abort(Screen.of(session), words);
    }

    private Object abort(Screen screen, String... words) {
        return ABORT.answer(words, given -> told(() -> changed(given, node.abort(who(screen)))));
    }

    /** {@code fleet:history}. */
    @Descriptor(HISTORY_TEXT)
    public Object history(@Descriptor(WORDS) String... words) {
        return HISTORY.answer(words, given -> told(() -> {
            List<Rollout> history = node.history();
            if (given.has(Option.JSON)) {
                return Json.rows(history.stream().map(Rows::row).toList());
            }
            return history.isEmpty() ? "no roll-out is over" : lines(history.stream().map(Rows::line).toList());
        }));
    }

    /** Returns all commands, for other shells. */
    List<Command> commands() {
        return List.of(
                Command.answering(LIST, this::list),
                new Command(USE, this::use),
                new Command(AUTO, this::auto),
                Command.answering(STATUS, this::status),
                Command.answering(PAUSE, this::pause),
                Command.answering(RESUME, this::resume),
                new Command(ABORT, this::abort),
                Command.answering(HISTORY, this::history));
    }

    private String told(Failures.Asked<String> asked) {
        return Failures.told(node, () -> {
            node.awaitJoined();
            return asked.get();
        });
    }

    private static String changed(Given given, Rollout rollout) {
        return given.has(Option.JSON) ? Json.text(Rows.row(rollout)) : "fleet: " + Rows.line(rollout);
    }

    /** What an operator has to know of the node on which the command was typed comes last. */
    private String shown(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        node.trouble().ifPresent(each -> all.add("fleet: " + Plain.text(each)));
        return lines(all);
    }

    private static String lines(List<String> lines) {
        return String.join(System.lineSeparator(), lines);
    }

    private static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }

    private String who(Screen screen) {
        return screen.user() + " on " + node.node();
    }
}
