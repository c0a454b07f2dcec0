package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.Service;
import aio.policy.PolicyChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rankings that the operator gives. */
class RankTest {
    private final Fixture f = new Fixture();

    @Test
    void rank_countsInsteadOfTheServices_untilItIsReset() {
        f.service("low", 5);
        f.service("high", 100);
        assertThat(f.admin.rank("low", 200)).flatMap(PolicyChange::to).hasValue("low");
        assertThat(f.info("low").ranking()).isEqualTo(200);
        assertThat(f.directory.ranks()).containsOnly(Map.entry("low", 200));
        assertThat(f.admin.unrank("low")).flatMap(PolicyChange::to).hasValue("high");
        assertThat(f.info("low").ranking()).isEqualTo(5);
        assertThat(f.directory.ranks()).isEmpty();
        assertThat(f.summaries()).endsWith(
                "high -> low (operator ranked 'low' 200)", "low -> high (operator reset the rank of 'low')");
    }

    @Test
    void rank_isExplained() {
        f.service("low", 5);
        f.admin.rank("low", Integer.MAX_VALUE);
        assertThat(f.info("low").why()).first().isEqualTo("ranking max, from configuration aio.policy, instead of 5:"
                + " policy:rank low --reset removes it");
    }

    @Test
    void rank_thatChangesNobody_isNoChange() {
        f.service("low", 5);
        f.service("high", 100);
        assertThat(f.admin.rank("low", 6)).isEmpty();
        assertThat(f.admin.unrank("nobody")).isEmpty();
        assertThat(f.currentName()).isEqualTo("high");
    }

    @Test
    void rank_holdsAgainstWhatTheServiceSays_andWhenItReturns() {
        Service low = f.service("low", 5);
        f.service("high", 100);
        f.admin.rank("low", 200);
        low.ranking(1);
        assertThat(f.currentName()).isEqualTo("low");
        low.unregister();
        assertThat(f.currentName()).isEqualTo("high");
        f.service("low", 5);
        assertThat(f.currentName()).isEqualTo("low");
        assertThat(f.summaries()).endsWith("high -> low (rank 200, service arrived)");
    }

    @Test
    void rank_givesWayToPinAndCode() {
        f.service("low", 5);
        f.service("high", 100);
        f.admin.pin("high");
        assertThat(f.admin.rank("low", 200)).isEmpty();
        assertThat(f.admin.unpin()).flatMap(PolicyChange::to).hasValue("low");
    }

    @Test
    void rank_ofWhatIsNotThere_isRefused() {
        f.service("low", 5);
        assertThatThrownBy(() -> f.admin.rank("nobody", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no policy 'nobody'; present: low");
        assertThat(f.directory.ranks()).isEmpty();
    }

    @Test
    void configuration_ranksAlsoWhatComesLater() {
        f.service("high", 100);
        f.registry.configureChoice(Choice.of(null, new String[] {"late=300"}).choice());
        f.service("late", 1);
        assertThat(f.currentName()).isEqualTo("late");
        f.registry.configureChoice(Choice.NONE);
        assertThat(f.currentName()).isEqualTo("high");
    }

    @Test
    void choice_isReadFromTextsArraysAndCollections() {
        Map<String, Integer> wanted = Map.of("a", 1, "b", Integer.MIN_VALUE);
        assertThat(Choice.of(" x ", "a=1, b = min").choice()).isEqualTo(new Choice("x", wanted));
        assertThat(Choice.of("", new String[] {"a=1", "b=min"}).choice()).isEqualTo(new Choice(null, wanted));
        assertThat(Choice.of(null, List.of("b=-2147483648", "a=1")).choice()).isEqualTo(new Choice(null, wanted));
        assertThat(new Choice(null, wanted).entries()).containsExactly("a=1", "b=-2147483648");
        assertThat(Choice.of(null, null)).isEqualTo(new Choice.Parsed(Choice.NONE, List.of()));
    }

    @Test
    void invalidEntry_isNamedWithKeyValueAndRange_andTheOthersCount() {
        Choice.Parsed parsed = Choice.of(null, "a=1,b=high,=4,c");
        assertThat(parsed.choice().ranks()).containsOnly(Map.entry("a", 1));
        assertThat(parsed.problems()).hasSize(3).first().isEqualTo("configuration aio.policy: ranks has 'b=high',"
                + " expected NAME=RANKING with a whole number from -2147483648 to 2147483647, min or max; it is left "
                + "out");
    }
}
