package aio.core.osgi;

import aio.core.foreign.Text;
import aio.policy.EventLoopPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What the component runtime knows of components that have registered nothing. Any thread. */
final class ComponentStates {
    private final ServiceComponentRuntime runtime;

    ComponentStates(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** Returns why a started bundle has registered no policy, as the end of a sentence; null if nothing is known. */
    @Nullable String whyNoPolicy(Bundle bundle) {
        List<String> reasons = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            if (List.of(component.serviceInterfaces).contains(EventLoopPolicy.class.getName())) {
                reasons.addAll(reasons(component));
            }
        }
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }

    private List<String> reasons(ComponentDescriptionDTO component) {
        String its = "its component '" + Text.clean(component.name) + "' ";
        if (!runtime.isComponentEnabled(component)) {
            return List.of(its + "is disabled");
        }
        Collection<ComponentConfigurationDTO> all = runtime.getComponentConfigurationDTOs(component);
        if (all.isEmpty()) {
            return List.of(its + waitsForConfiguration(component));
        }
        return all.stream().map(configuration -> its + reason(component, configuration)).toList();
    }

    private static String reason(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> waitsForConfiguration(component);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> waitsForServices(component, configuration);
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "fails: " + firstLine(configuration.failure);
            default -> "is satisfied, and has registered no policy";
        };
    }

    private static String waitsForConfiguration(ComponentDescriptionDTO component) {
        return "waits for a configuration '" + Text.clean(String.join("', '", component.configurationPid)) + "'";
    }

    private static String waitsForServices(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        List<String> services = new ArrayList<>();
        for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
            String type = Arrays.stream(component.references)
                    .filter(reference -> reference.name.equals(unsatisfied.name))
                    .map((ReferenceDTO reference) -> reference.interfaceName)
                    .findFirst()
                    .orElse(unsatisfied.name);
            services.add(type + (unsatisfied.target == null ? "" : " with " + unsatisfied.target));
        }
        return "waits for the service " + Text.clean(String.join(" and ", services));
    }

    private static String firstLine(@Nullable String trace) {
        return trace == null ? "see the log" : Text.clean(trace.lines().findFirst().orElse("see the log"));
    }
}
