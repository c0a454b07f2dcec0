package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.policy.EventLoopPolicy;
import org.junit.jupiter.api.Test;

class ByNameTest {
    private final Fixture f = new Fixture();

    @Test
    void policyThatIsNotCurrent_isMadeOnceAndReturned() {
        FakePolicy low = new FakePolicy("low");
        Service service = f.service("low", 1, low);
        f.service("high", 2);
        assertThat(f.registry.policy("low")).isSameAs(low).isSameAs(f.registry.policy("low"));
        assertThat(service.gets).hasValue(1);
        assertThat(f.currentName()).isEqualTo("high");
    }

    @Test
    void unknownName_isRefusedWithWhatIsThere() {
        f.service("default", 0);
        assertThatThrownBy(() -> f.registry.policy("winselector"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no policy 'winselector'")
                .hasMessageContaining("default");
    }

    @Test
    void policyThatCannotBeMade_isRefusedWithReason() {
        f.service("default", 0);
        f.service("broken", -1, () -> null);
        assertThatThrownBy(() -> f.registry.policy("broken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy 'broken' is refused");
    }

    @Test
    void twoOfOneName_areToldApartInChangesAndByReference() {
        Service first = f.service("twin", 5);
        Service second = f.service("twin", 7);
        assertThat(f.summaries()).last().isEqualTo(
                "twin#" + first.id + " -> twin#" + second.id + " (rank 7, service arrived)");
        assertThat(f.registry.policy("twin#" + first.id)).isNotSameAs(f.registry.policy("twin#" + second.id));
    }

    @Test
    void serviceThatCodeInstalls_keepsItsName_whateverItsClassSays() {
        f.service("low", 1);
        f.service("high", 2);
        EventLoopPolicy low = f.registry.policy("low");
        f.registry.setEventLoopPolicy(low);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(low);
        assertThat(f.summaries()).last().isEqualTo("high -> low (set by code)");
    }

    @Test
    void twoObjectsOfOneClass_areToldApartInChanges() {
        f.registry.setEventLoopPolicy(new FakePolicy("x"));
        f.registry.setEventLoopPolicy(new FakePolicy("x"));
        String change = f.summaries().get(1);
        assertThat(change.split(" -> ")[0]).isNotEqualTo(change.split(" -> ")[1].replace(" (set by code)", ""));
    }
}
