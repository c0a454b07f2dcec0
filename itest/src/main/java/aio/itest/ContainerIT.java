package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.EventLoopPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Proves that the bundles resolve and start in the intended framework, and that every component works. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class ContainerIT {

    /** Otherwise a run in Equinox could be one in Felix; the report has the property. */
    @Test
    void framework_isTheOneThatIsMeant() {
        String meant = Framework.context().getProperty("aio.itest.framework");

        assertThat(meant).isNotNull();
        assertThat(Framework.context().getBundle(0).getSymbolicName()).isEqualTo(meant);
    }

    @Test
    void bundles_areAllResolvedAndActive() {
        assertThat(Framework.ownBundles())
                .extracting(Bundle::getSymbolicName)
                .containsExactlyInAnyOrder(Framework.API, Framework.CORE, Framework.DEFAULT, Framework.CONSOLE);
        assertThat(Framework.context().getBundles())
                .allSatisfy(bundle -> assertThat(bundle.getState()).as(bundle.getSymbolicName()).isEqualTo(
                        isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE));
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    @Test
    void components_areAllSatisfied() throws Exception {
        ServiceComponentRuntime runtime = Framework.service(ServiceComponentRuntime.class);
        for (Bundle bundle : Framework.ownBundles()) {
            for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
                if (component.configurationPolicy.equals("require")) {
                    continue; // not there before it is configured
                }
                Await.until("component " + component.name + " of " + bundle.getSymbolicName() + " is satisfied",
                        () -> isSatisfied(runtime, component));
            }
        }
        assertThat(runtime.getComponentDescriptionDTOs(Framework.bundle(Framework.DEFAULT)))
                .extracting(component -> component.name)
                .containsExactly("aio.policy.defaults.DefaultEventLoopPolicy");
    }

    private static boolean isSatisfied(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
        var configurations = runtime.getComponentConfigurationDTOs(component);
        return !configurations.isEmpty() && configurations.stream().allMatch(
                configuration -> configuration.state == ComponentConfigurationDTO.ACTIVE
                        || configuration.state == ComponentConfigurationDTO.SATISFIED);
    }

    @Test
    void defaultPolicy_isAServiceWithTheLowestRanking() {
        var policies = Arrays.stream(Framework.bundle(Framework.DEFAULT).getRegisteredServices())
                .filter(service -> List.of((String[]) service.getProperty(Constants.OBJECTCLASS))
                        .contains(EventLoopPolicy.class.getName()))
                .toList();

        assertThat(policies).singleElement().satisfies(service -> {
            assertThat(service.getProperty(EventLoopPolicy.NAME)).isEqualTo("default");
            assertThat(service.getProperty(Constants.SERVICE_RANKING)).isEqualTo(Integer.MIN_VALUE);
        });
    }

    @Test
    void winselector_isInstalledAndStarted_registersOnEverySystem() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();

            assertThat(Framework.directory().current()).hasValueSatisfying(current -> {
                assertThat(current.name()).isEqualTo("winselector");
                assertThat(current.ranking()).isEqualTo(100);
                assertThat(current.bundle().orElseThrow().id()).isEqualTo(win.id());
                assertThat(current.driver()).hasValue("selector");
            });
        }
    }
}
