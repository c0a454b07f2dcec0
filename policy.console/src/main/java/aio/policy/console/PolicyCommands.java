package aio.policy.console;

import aio.policy.AbsentPolicy;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code policy}. Any thread. */
@Component(
        service = PolicyCommands.class,
        property = {
            "osgi.command.scope=policy",
            "osgi.command.function=list",
            "osgi.command.function=current",
            "osgi.command.function=info",
            "osgi.command.function=use",
            "osgi.command.function=auto",
            "osgi.command.function=rank",
            "osgi.command.function=confirm",
            "osgi.command.function=why",
            "osgi.command.function=history",
            "osgi.command.function=watch"
        })
public final class PolicyCommands {
    private static final String SCOPE = "policy";
    private static final Usage LIST = Usage.of(SCOPE, "list", Help.POLICY_LIST, Option.JSON, Options.ALL);
    private static final Usage CURRENT = Usage.of(SCOPE, "current", Help.POLICY_CURRENT, Option.JSON);
    private static final Usage INFO = Usage.of(SCOPE, "info", Help.POLICY_INFO, Option.JSON).name(Help.POLICY);
    private static final Usage USE = Usage.of(SCOPE, "use", Help.POLICY_USE, Options.DRY_RUN,
            Options.CANARY, Options.WATCHED, Options.MAX_LAG, Options.MAX_ERRORS, Options.FOR,
            Options.LOOP, Options.BUNDLE).name(Help.POLICY);
    private static final Usage AUTO = Usage.of(SCOPE, "auto", Help.POLICY_AUTO, Options.LOOP, Options.BUNDLE);
    private static final Usage RANK =
            Usage.of(SCOPE, "rank", Help.POLICY_RANK, Option.JSON, Options.RESET).ranking(Help.POLICY_AND_RANKING);
    private static final Usage CONFIRM = Usage.of(SCOPE, "confirm", Help.POLICY_CONFIRM, Option.JSON, Options.TAKE_BACK)
            .nameOrNothing(Help.POLICY);
    private static final Usage WHY = Usage.of(SCOPE, "why", Help.POLICY_WHY, Option.JSON).nameOrNothing(Help.POLICY);
    private static final Usage HISTORY = Usage.of(SCOPE, "history", Help.POLICY_HISTORY, Option.JSON);
    private static final Usage WATCH = Usage.of(SCOPE, "watch", Help.POLICY_WATCH, Option.JSON, Options.COUNT);

    private final PolicyAdmin admin;
    private final PolicyDirectory directory;
    private final Ranks ranks;
    private final Confirmations confirmations;
    private final Pins pins;
    private volatile boolean gone;

    /** For the service component runtime. */
    @Activate
    public PolicyCommands(@Reference PolicyAdmin admin, @Reference PolicyDirectory directory) {
        this.admin = admin;
        this.directory = directory;
        ranks = new Ranks(admin, directory, RANK);
        confirmations = new Confirmations(admin, directory, CONFIRM);
        pins = new Pins(admin, directory);
    }

    /** {@code policy:list}. */
    @Descriptor(Help.POLICY_LIST)
    public Object list(@Descriptor(Help.WORDS) String... words) {
        return LIST.answer(words, this::list);
    }

    private Object list(Given given) {
        boolean all = given.has(Options.ALL);
        List<PolicyInfo> shown =
                directory.policies().stream().filter(policy -> all || !Texts.isRefused(policy)).toList();
        List<String> notes = new ArrayList<>();
        if (shown.isEmpty()) {
            notes.add("no policy: start a bundle that brings one, such as aio.policy.default");
        }
        absentPin().ifPresent(notes::add);
        notes.addAll(PinScope.withoutEffect(directory));
        if (all) {
            notes.addAll(absent());
        }
        return answer(given, Style.POLICIES, shown, notes);
    }

    /** {@code policy:current}. */
    @Descriptor(Help.POLICY_CURRENT)
    public Object current(@Descriptor(Help.WORDS) String... words) {
        return CURRENT.answer(words, given -> {
            PolicyInfo current = directory.current().orElseThrow(() -> new IllegalStateException(
                    "no policy is current: start a bundle that brings one" + startable()));
            return given.has(Option.JSON) ? Json.text(JsonRows.of(current)) : current;
        });
    }

    /** {@code policy:info NAME}. */
    @Descriptor(Help.POLICY_INFO)
    public Object info(@Descriptor(Help.WORDS) String... words) {
        return INFO.answer(
                words, given -> answer(given, Style.POLICY_DETAILS, named(given.arguments().get(0)), List.of()));
    }

    /** {@code policy:use NAME}. */
    @Descriptor(Help.POLICY_USE)
    public @Nullable Object use(CommandSession session, @Descriptor(Help.WORDS) String... words) throws IOException {
        return use(Screen.of(session), words);
    }

    private @Nullable Object use(Screen screen, String... words) throws IOException {
        Object answer = USE.answer(words, given -> given);
        return answer instanceof Given given ? pins.use(given, PinScope.of(given, USE), screen) : answer;
    }

    /** {@code policy:auto}. */
    @Descriptor(Help.POLICY_AUTO)
    public Object auto(@Descriptor(Help.WORDS) String... words) {
        return AUTO.answer(words, given -> {
            PolicyScope scope = PinScope.of(given, AUTO);
            Optional<String> pinned = Optional.ofNullable(directory.pins().get(scope));
            return (scope.isProcess() ? admin.unpin() : admin.unpin(scope))
                    .<Object>map(change -> change)
                    .orElseGet(() -> stays(scope)
                            + pinned.map(name -> "the pin on '" + Plain.text(name) + "' is removed")
                                    .orElse("nothing was pinned"));
        });
    }

    /** {@code policy:rank [NAME RANKING]}, {@code policy:rank NAME --reset}. */
    @Descriptor(Help.POLICY_RANK)
    public Object rank(@Descriptor(Help.WORDS) String... words) {
        return RANK.answer(words, ranks::answer);
    }

    /** {@code policy:confirm [NAME]}, {@code policy:confirm NAME --reset}. */
    @Descriptor(Help.POLICY_CONFIRM)
    public Object confirm(@Descriptor(Help.WORDS) String... words) {
        return CONFIRM.answer(words, confirmations::answer);
    }

    /** {@code policy:why [NAME]}. */
    @Descriptor(Help.POLICY_WHY)
    public Object why(@Descriptor(Help.WORDS) String... words) {
        return WHY.answer(words, this::why);
    }

    private Object why(Given given) {
        List<PolicyInfo> shown = given.name().map(this::named).orElseGet(directory::policies);
        List<String> notes = new ArrayList<>();
        if (given.name().isEmpty()) {
            absentPin().ifPresent(notes::add);
            notes.addAll(PinScope.withoutEffect(directory));
            notes.addAll(absent());
        }
        return answer(given, Style.REASONS, shown, notes);
    }

    /** {@code policy:history}. */
    @Descriptor(Help.POLICY_HISTORY)
    public Object history(@Descriptor(Help.WORDS) String... words) {
        return HISTORY.answer(words, given -> {
            List<PolicyChange> changes = directory.history();
            return given.has(Option.JSON)
                    ? Json.rows(changes.stream().map(JsonRows::of).toList())
                    : new View<>(Style.CHANGES, changes, changes.isEmpty() ? List.of("no change yet") : List.of());
        });
    }

    /** {@code policy:watch}. */
    @Descriptor(Help.POLICY_WATCH)
    public @Nullable Object watch(CommandSession session, @Descriptor(Help.WORDS) String... words) throws IOException {
        return watch(Screen.of(session), words);
    }

    private @Nullable Object watch(Screen screen, String... words) throws IOException {
        Object answer = WATCH.answer(words, given -> given);
        if (!(answer instanceof Given given)) {
            return answer;
        }
        Function<PolicyChange, String> text =
                given.has(Option.JSON) ? change -> Json.text(JsonRows.of(change)) : Texts::line;
        new Watch(directory, screen, text).run(given.number(Options.COUNT), () -> gone);
        return null;
    }

    /** Returns all commands, for other shells. */
    public List<Command> commands() {
        return List.of(
                Command.answering(LIST, this::list),
                Command.answering(CURRENT, this::current),
                Command.answering(INFO, this::info),
                new Command(USE, this::use),
                Command.answering(AUTO, this::auto),
                Command.answering(RANK, this::rank),
                Command.answering(CONFIRM, this::confirm),
                Command.answering(WHY, this::why),
                Command.answering(HISTORY, this::history),
                new Command(WATCH, this::watch));
    }

    /** Ends the commands that still run. */
    @Deactivate
    public void stop() {
        gone = true;
        pins.stop();
    }

    private static Object answer(Given given, Style style, List<PolicyInfo> shown, List<String> notes) {
        return given.has(Option.JSON)
                ? Json.rows(shown.stream().map(JsonRows::of).toList())
                : new View<>(style, shown, notes);
    }

    private List<PolicyInfo> named(String name) {
        List<PolicyInfo> named =
                directory.policies().stream().filter(policy -> policy.isCalled(name)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    Plain.text("no policy '" + name + "'; present: " + names() + startable()));
        }
        return named;
    }

    private Optional<String> absentPin() {
        return directory.pinned()
                .filter(name -> directory.policies().stream().noneMatch(policy -> policy.isCalled(name)))
                .map(name -> "  pinned: '" + name + "', which is not there; policy:auto removes the pin");
    }

    private String stays(PolicyScope scope) {
        return "policy: " + (scope.isProcess()
                ? Plain.text(currentName()) + " stays current; "
                : "nothing changes for " + Plain.text(scope.toString()) + "; ");
    }

    private String currentName() {
        return directory.current().map(PolicyInfo::name).orElse("none");
    }

    private String names() {
        String names = directory.policies().stream().map(PolicyInfo::name).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** What bundles would bring, and do not. */
    private List<String> absent() {
        return directory.absent().stream()
                .map(absent -> switch (absent.absence()) {
                    case NOT_REGISTERED -> "  missing: " + text(absent);
                    case NOT_STARTED -> "  not started: " + text(absent);
                })
                .toList();
    }

    private String startable() {
        return directory.absent().stream().map(absent -> "; " + text(absent)).collect(Collectors.joining());
    }

    private static String text(AbsentPolicy absent) {
        return absent.name() + ": " + absent.advice();
    }
}
