package aio.dist.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Finds the components that fail, since otherwise the operator who starts a bundle is not told. One thread at a time.
 */
@Component(service = Components.class)
public final class Components {
    // the chain of causes as a stack trace shows it, without those that only wrap
    private static final Pattern CAUSE = Pattern.compile(
            "(?m)^(?:Caused by: )?(?!java\\.lang\\.reflect\\.InvocationTarget|java\\.util\\.concurrent\\.Completion)"
                    + "[\\w.$]*?([\\w$]+(?:Exception|Error)(?:: .*)?)$");

    private final ServiceComponentRuntime runtime;
    private final Set<Long> known = new HashSet<>();

    /** For the service component runtime. */
    @Activate
    public Components(@Reference ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** Returns the components that have failed since the last call, each as a sentence. */
    List<String> newFailures() {
        List<String> failures = new ArrayList<>();
        Set<Long> failed = new HashSet<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    failed.add(configuration.id);
                    if (!known.contains(configuration.id)) {
                        failures.add("component " + description.name + " of bundle " + description.bundle.symbolicName
                                + " [" + description.bundle.id + "] does not start: " + cause(configuration.failure));
                    }
                }
            }
        }
        known.clear();
        known.addAll(failed);
        return failures;
    }

    /** Finds the most telling line of a stack trace. */
    static String cause(String trace) {
        Matcher cause = CAUSE.matcher(trace);
        return cause.find() ? cause.group(1) : trace.lines().findFirst().orElse("no reason is known");
    }
}
