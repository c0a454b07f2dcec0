package aio.policy.fleet;

import aio.policy.PinOptions;
import aio.policy.console.json.Json;
import aio.policy.console.text.Plain;
import aio.policy.fleet.Words.Usage;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.rollout.Wave;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The commands of the scope {@code fleet}, which are there while this process is a node. They print themselves, since
 * the shell of Karaf shows nothing of what a command returns where there is no terminal. Any thread.
 */
@Component(
        service = FleetCommands.class,
        property = {
            "osgi.command.scope=fleet",
            "osgi.command.function=list",
            "osgi.command.function=use",
            "osgi.command.function=auto",
            "osgi.command.function=status",
            "osgi.command.function=pause",
            "osgi.command.function=resume",
            "osgi.command.function=abort",
            "osgi.command.function=history"
        })
public final class FleetCommands {
    private static final String WAIT = "--wait";
    private static final String WORDS = "options and arguments; --help shows them";
    private static final String LIST_TEXT = "shows the nodes of the fleet; * is the coordinator";
    private static final String USE_TEXT = "pins a policy on all nodes, wave by wave";
    private static final String AUTO_TEXT = "removes the fleet's pin on all nodes, wave by wave";
    private static final String STATUS_TEXT = "shows what is decided, and where the roll-out stands";
    private static final String PAUSE_TEXT = "lets no further wave begin";
    private static final String RESUME_TEXT = "lets the next wave begin";
    private static final String ABORT_TEXT = "ends the roll-out; every node goes back";
    private static final String HISTORY_TEXT = "shows the roll-outs that are over, the latest last";
    private static final List<String> WAVES = List.of("--waves LIST", "--watch TIME", "--max-lag TIME",
            "--max-errors SHARE", "--patience TIME", "--allow-refused", WAIT, Words.JSON);
    private static final Usage LIST = new Usage("list", false, List.of(Words.JSON), LIST_TEXT);
    private static final Usage USE = new Usage("use", true, WAVES, USE_TEXT);
    private static final Usage AUTO = new Usage("auto", false, WAVES, AUTO_TEXT);
    private static final Usage STATUS = new Usage("status", false, List.of(Words.JSON), STATUS_TEXT);
    private static final Usage PAUSE = new Usage("pause", false, List.of(Words.JSON), PAUSE_TEXT);
    private static final Usage RESUME = new Usage("resume", false, List.of(Words.JSON), RESUME_TEXT);
    private static final Usage ABORT = new Usage("abort", false, List.of(Words.JSON), ABORT_TEXT);
    private static final Usage HISTORY = new Usage("history", false, List.of(Words.JSON), HISTORY_TEXT);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FleetNode node;
    private final Clock clock = Clock.systemUTC();

    /** For the service component runtime. */
    @Activate
    public FleetCommands(@Reference Membership membership) {
        this.node = membership.node();
    }

    /** {@code fleet:list}. */
    @Descriptor(LIST_TEXT)
    public void list(@Descriptor(WORDS) String... typed) throws Exception {
        run(LIST, typed, words -> {
            State state = node.state();
            Map<String, Report> reports = node.reports();
            print(words.has(Words.JSON)
                    ? List.of(Json.rows(Rows.rows(state, reports, node.coordinator())))
                    : Rows.nodes(state, reports, node.coordinator()));
            if (!words.has(Words.JSON)) {
                print(trouble());
            }
        });
    }

    /** What an operator has to know of the node on which the command was typed. */
    private List<String> trouble() {
        return node.trouble().map(each -> "fleet: " + Plain.text(each)).stream().toList();
    }

    /** {@code fleet:use NAME}. */
    @Descriptor(USE_TEXT)
    public void use(CommandSession session, @Descriptor(WORDS) String... typed) throws Exception {
        run(USE, typed, words -> begun(words, node.decide(decision(words, name(words), who(session)))));
    }

    /** An empty name, of a variable that is not set, must not take the pin away. */
    private static String name(Words words) {
        if (words.name().isBlank()) {
            throw USE.refused("needs a name that is not empty; fleet:auto removes the pin");
        }
        return words.name();
    }

    /** {@code fleet:auto}. */
    @Descriptor(AUTO_TEXT)
    public void auto(CommandSession session, @Descriptor(WORDS) String... typed) throws Exception {
        run(AUTO, typed, words -> begun(words, node.decide(decision(words, "", who(session)))));
    }

    private Decision decision(Words words, String policy, String who) {
        PinOptions options = PinOptions.defaults();
        for (String key : List.of("watch", "max.lag", "max.errors")) {
            Optional<String> value = words.value("--" + key.replace('.', '-'));
            options = value.isPresent() ? options.with(key, value.get()) : options;
        }
        return new Decision(policy, words.value("--waves").map(Wave::list).orElse(Wave.ONE_FOR_ALL), options.watch(),
                options.maxLag(), options.maxErrors(), words.has("--allow-refused"),
                words.value("--patience").map(FleetCommands::time).orElse(PATIENCE), who, clock.instant());
    }

    private static Duration time(String text) {
        return PinOptions.defaults().with("watch", text).watch();
    }

    /** {@code fleet:status}. */
    @Descriptor(STATUS_TEXT)
    public void status(@Descriptor(WORDS) String... typed) throws Exception {
        run(STATUS, typed, words -> {
            State state = node.state();
            Map<String, Report> reports = node.reports();
            if (words.has(Words.JSON)) {
                Map<String, Object> row = Rows.row(state, reports, node.coordinator());
                row.put("trouble", node.trouble());
                print(List.of(Json.text(row)));
            } else {
                print(List.of("fleet '" + node.fleet() + "', " + reports.size()
                        + (reports.size() == 1 ? " node" : " nodes") + ", coordinator: "
                        + node.coordinator().orElse("none at the moment")));
                print(Rows.status(state, reports));
                print(trouble());
            }
        });
    }

    /** {@code fleet:pause}. */
    @Descriptor(PAUSE_TEXT)
    public void pause(@Descriptor(WORDS) String... typed) throws Exception {
        run(PAUSE, typed, words -> changed(words, node.pause(true)));
    }

    /** {@code fleet:resume}. */
    @Descriptor(RESUME_TEXT)
    public void resume(@Descriptor(WORDS) String... typed) throws Exception {
        run(RESUME, typed, words -> changed(words, node.pause(false)));
    }

    /** {@code fleet:abort}. */
    @Descriptor(ABORT_TEXT)
    public void abort(CommandSession session, @Descriptor(WORDS) String... typed) throws Exception {
        run(ABORT, typed, words -> changed(words, node.abort(who(session))));
    }

    /** {@code fleet:history}. */
    @Descriptor(HISTORY_TEXT)
    public void history(@Descriptor(WORDS) String... typed) throws Exception {
        run(HISTORY, typed, words -> {
            List<Rollout> history = node.history();
            if (words.has(Words.JSON)) {
                print(List.of(Json.rows(history.stream().map(Rows::row).toList())));
            } else {
                print(history.isEmpty() ? List.of("no roll-out is over") : history.stream().map(Rows::line).toList());
            }
        });
    }

    /** Says that a roll-out begins, or waits for its end and says that. */
    private void begun(Words words, Rollout rollout) throws Exception {
        if (words.has(WAIT)) {
            changed(words, node.awaitEnd(rollout.number()));
        } else if (words.has(Words.JSON)) {
            changed(words, rollout);
        } else {
            print(List.of("fleet: number " + rollout.number() + " begins: " + rollout.decision().target() + " on "
                    + rollout.members() + (rollout.members() == 1 ? " node, " : " nodes, ") + rollout.waves().size()
                    + (rollout.waves().size() == 1 ? " wave" : " waves") + "; fleet:status shows how it goes"));
        }
    }

    private static void changed(Words words, Rollout rollout) {
        print(List.of(words.has(Words.JSON) ? Json.text(Rows.row(rollout)) : "fleet: " + Rows.line(rollout)));
    }

    /** Karaf's shell knows who is logged in; that of Felix knows nobody. */
    private String who(CommandSession session) {
        Object user = session.get("USER");
        return (user == null ? "operator" : user) + " on " + node.node();
    }

    private static void print(List<String> lines) {
        lines.forEach(System.out::println);
    }

    private void run(Usage usage, String[] typed, Body body) throws Exception {
        if (Usage.asksForHelp(typed)) {
            print(List.of(usage.help()));
            return;
        }
        Words words = Words.read(usage, typed);
        Failures.told(node, () -> {
            node.awaitJoined();
            body.run(words);
            return words;
        });
    }

    /** What a command does. */
    @FunctionalInterface
    private interface Body {
        void run(Words words) throws Exception;
    }
}
