package aio.policy.console;

import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
import aio.policy.console.View.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
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
            "osgi.command.function=why",
            "osgi.command.function=history",
            "osgi.command.function=watch"
        })
public final class PolicyCommands {
    private final PolicyRegistry registry;
    private volatile boolean gone;

    /** For the service component runtime. */
    @Activate
    public PolicyCommands(@Reference PolicyRegistry registry) {
        this.registry = registry;
    }

    /** {@code policy:list}. */
    @Descriptor(Help.POLICY_LIST)
    public Object list(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor(Help.ALL)
                    @Parameter(names = {"-a", "--all"}, presentValue = "true", absentValue = "false")
                    boolean all) {
        if (help) {
            return usage("list").text();
        }
        List<PolicyInfo> shown =
                registry.policies().stream().filter(policy -> all || !Texts.isRefused(policy)).toList();
        if (json) {
            return Json.rows(shown.stream().map(JsonRows::of).toList());
        }
        List<String> notes = new ArrayList<>();
        if (shown.isEmpty()) {
            notes.add("no policy: start a bundle that brings one, such as aio.policy.default");
        }
        absentPin().ifPresent(notes::add);
        if (all) {
            registry.notStarted().forEach(text -> notes.add("  not started: " + text));
        }
        return new View<>(Style.POLICIES, shown, notes);
    }

    /** {@code policy:current}. */
    @Descriptor(Help.POLICY_CURRENT)
    public Object current(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json) {
        if (help) {
            return usage("current").text();
        }
        PolicyInfo current = registry.current().orElseThrow(() -> new IllegalStateException(
                "no policy is current: start a bundle that brings one" + startable()));
        return json ? Json.text(JsonRows.of(current)) : current;
    }

    /** {@code policy:info NAME}. */
    @Descriptor(Help.POLICY_INFO)
    @Arguments("NAME")
    public Object info(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor(Help.POLICY) String... names) {
        if (help) {
            return usage("info").text();
        }
        List<PolicyInfo> named = named(usage("info").required(names));
        return json
                ? Json.rows(named.stream().map(JsonRows::of).toList())
                : new View<>(Style.POLICY_DETAILS, named, List.of());
    }

    /** {@code policy:use NAME}. */
    @Descriptor(Help.POLICY_USE)
    @Arguments("NAME")
    public Object use(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.POLICY) String... names) {
        if (help) {
            return usage("use").text();
        }
        String name = usage("use").required(names);
        return registry.pin(name)
                .<Object>map(change -> change)
                .orElseGet(() -> "policy: " + name + " is current already; pinned");
    }

    /** {@code policy:auto}. */
    @Descriptor(Help.POLICY_AUTO)
    public Object auto(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help) {
        if (help) {
            return usage("auto").text();
        }
        Optional<String> pinned = registry.pinned();
        return registry.unpin()
                .<Object>map(change -> change)
                .orElseGet(() -> "policy: " + currentName() + " stays current; "
                        + pinned.map(name -> "the pin on '" + name + "' is removed").orElse("nothing was pinned"));
    }

    /** {@code policy:rank [NAME RANKING]}, {@code policy:rank NAME --reset}. */
    @Descriptor(Help.POLICY_RANK)
    @Arguments("[NAME RANKING]")
    public Object rank(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.RESET)
                    @Parameter(names = "--reset", presentValue = "true", absentValue = "false")
                    boolean reset,
            @Descriptor(Help.POLICY_AND_RANKING) String... words) {
        return help ? usage("rank").text() : new Ranks(registry, usage("rank").line()).rank(reset, words);
    }

    /** {@code policy:why [NAME]}. */
    @Descriptor(Help.POLICY_WHY)
    @Arguments("[NAME]")
    public Object why(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor(Help.POLICY) String... names) {
        if (help) {
            return usage("why").text();
        }
        Optional<String> name = usage("why").optional(names);
        List<PolicyInfo> shown = name.map(this::named).orElseGet(registry::policies);
        if (json) {
            return Json.rows(shown.stream().map(JsonRows::of).toList());
        }
        List<String> notes = new ArrayList<>();
        if (name.isEmpty()) {
            absentPin().ifPresent(notes::add);
            registry.notStarted().forEach(text -> notes.add("  not started: " + text));
        }
        return new View<>(Style.REASONS, shown, notes);
    }

    /** {@code policy:history}. */
    @Descriptor(Help.POLICY_HISTORY)
    public Object history(
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.JSON)
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json) {
        if (help) {
            return usage("history").text();
        }
        List<PolicyChange> changes = registry.history();
        return json
                ? Json.rows(changes.stream().map(JsonRows::of).toList())
                : new View<>(Style.CHANGES, changes, changes.isEmpty() ? List.of("no change yet") : List.of());
    }

    /** {@code policy:watch}. */
    @Descriptor(Help.POLICY_WATCH)
    public @Nullable Object watch(
            CommandSession session,
            @Descriptor(Help.HELP)
                    @Parameter(names = {"-h", "--help"}, presentValue = "true", absentValue = "false")
                    boolean help,
            @Descriptor(Help.COUNT) @Parameter(names = {"-n", "--count"}, absentValue = "0") int count)
            throws IOException {
        if (help) {
            return usage("watch").text();
        }
        new Watch(registry, session.getKeyboard(), session.getConsole()).run(count, () -> gone);
        return null;
    }

    @Deactivate
    void stop() {
        gone = true;
    }

    private static Usage usage(String function) {
        return Usage.of(PolicyCommands.class, "policy", function);
    }

    private List<PolicyInfo> named(String name) {
        List<PolicyInfo> named =
                registry.policies().stream().filter(policy -> policy.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no policy '" + name + "'; present: " + names() + startable());
        }
        return named;
    }

    private Optional<String> absentPin() {
        return registry.pinned()
                .filter(name -> registry.policies().stream().noneMatch(policy -> policy.name().equals(name)))
                .map(name -> "  pinned: '" + name + "', which is not there; policy:auto removes the pin");
    }

    private String currentName() {
        return registry.current().map(PolicyInfo::name).orElse("none");
    }

    private String names() {
        String names = registry.policies().stream().map(PolicyInfo::name).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private String startable() {
        List<String> bundles = registry.notStarted();
        return bundles.isEmpty() ? "" : "; " + String.join("; ", bundles);
    }
}
