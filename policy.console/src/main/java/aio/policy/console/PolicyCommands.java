package aio.policy.console;

import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
import aio.policy.console.View.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code policy}. Any thread. */
@Component(
        service = PolicyCommands.class,
        property = {
            "osgi.command.scope=policy",
            "osgi.command.function=list",
            "osgi.command.function=current",
            "osgi.command.function=use",
            "osgi.command.function=auto",
            "osgi.command.function=why",
            "osgi.command.function=history"
        })
public final class PolicyCommands {
    private final PolicyRegistry registry;

    /** For the service component runtime. */
    @Activate
    public PolicyCommands(@Reference PolicyRegistry registry) {
        this.registry = registry;
    }

    /** {@code policy:list}. */
    @Descriptor(Help.POLICY_LIST)
    public Object list(
            @Descriptor(Help.ALL)
                    @Parameter(names = {"-a", "--all"}, presentValue = "true", absentValue = "false")
                    boolean all) {
        List<PolicyInfo> shown =
                registry.policies().stream().filter(policy -> all || !Texts.isRefused(policy)).toList();
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
    public Object current() {
        return registry.current().orElseThrow(() -> new IllegalStateException(
                "no policy is current: start a bundle that brings one" + startable()));
    }

    /** {@code policy:use NAME}. */
    @Descriptor(Help.POLICY_USE)
    public Object use(@Descriptor(Help.POLICY) String name) {
        return registry.pin(name)
                .<Object>map(change -> change)
                .orElseGet(() -> "policy: " + name + " is current already; pinned");
    }

    /** {@code policy:auto}. */
    @Descriptor(Help.POLICY_AUTO)
    public Object auto() {
        Optional<String> pinned = registry.pinned();
        return registry.unpin()
                .<Object>map(change -> change)
                .orElseGet(() -> "policy: " + currentName() + " stays current; "
                        + pinned.map(name -> "the pin on '" + name + "' is removed").orElse("nothing was pinned"));
    }

    /** {@code policy:why}. */
    @Descriptor(Help.POLICY_WHY)
    public Object why() {
        List<String> notes = new ArrayList<>();
        absentPin().ifPresent(notes::add);
        registry.notStarted().forEach(text -> notes.add("  not started: " + text));
        return new View<>(Style.REASONS, registry.policies(), notes);
    }

    /** {@code policy:why NAME}. */
    @Descriptor(Help.POLICY_WHY)
    public Object why(@Descriptor(Help.POLICY) String name) {
        List<PolicyInfo> named =
                registry.policies().stream().filter(policy -> policy.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no policy '" + name + "'; present: " + names() + startable());
        }
        return new View<>(Style.REASONS, named, List.of());
    }

    /** {@code policy:history}. */
    @Descriptor(Help.POLICY_HISTORY)
    public Object history() {
        List<String> notes = registry.history().isEmpty() ? List.of("no change yet") : List.of();
        return new View<>(Style.CHANGES, registry.history(), notes);
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
