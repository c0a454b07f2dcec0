package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.ChangeActor;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes name the operator who made them, where a tool knows who that is. */
class OperatorTest {
    private final Fixture f = new Fixture();
    private final PolicyAdmin anna = f.admin.by("anna");

    @Test
    void changesOfOne_nameThatOne_andThoseOfOthersDoNot() {
        f.service("low", 5);
        f.service("high", 100);
        PolicyChange pinned = anna.pin("low").orElseThrow();
        assertThat(pinned.who()).isEqualTo("operator 'anna'");
        assertThat(pinned.actor()).isEqualTo(ChangeActor.OPERATOR);
        assertThat(f.admin.unpin().orElseThrow().who()).isEqualTo("operator");
        assertThat(anna.rank("low", 200).orElseThrow().who()).isEqualTo("operator 'anna'");
        assertThat(anna.unrank("low")).isPresent();
        assertThat(anna.by("bert").pin("low").orElseThrow().who()).isEqualTo("operator 'bert'");
        assertThat(f.summaries()).endsWith(
                "high -> low (operator 'anna' pinned it)",
                "low -> high (operator removed the pin)",
                "high -> low (operator 'anna' ranked 'low' 200)",
                "low -> high (operator 'anna' reset the rank of 'low')",
                "high -> low (operator 'bert' pinned it)");
    }

    /** Returns why the first policy is current. */
    private String why() {
        return f.directory.policies().stream().flatMap(info -> info.why().stream())
                .filter(line -> line.startsWith("current: ")).findFirst().orElseThrow();
    }

    @Test
    void whoPinnedIt_isToldByWhy_untilItIsPinnedByAnother_orElsewhere() {
        f.service("low", 5);
        f.service("high", 100);
        anna.pin("low");
        assertThat(why()).isEqualTo("current: the operator 'anna' pinned 'low'; policy:auto removes the pin");
        assertThat(f.info("high").why())
                .contains("not current: the operator 'anna' pinned 'low': policy:auto removes the pin");
        anna.by("bert").pin("low");
        assertThat(why()).startsWith("current: the operator 'bert' pinned 'low'; ");
        f.admin.unpin();
        f.admin.pin("low");
        assertThat(why()).startsWith("current: the operator pinned 'low'; ");
        anna.pin("low");
        f.administration.configure(new Choice("high", Map.of()), PinOptions.defaults());
        f.administration.configure(new Choice("low", Map.of()), PinOptions.defaults());
        assertThat(why()).startsWith("current: the operator pinned 'low'; ");
    }

    @Test
    void aNameIsShownInOneLine_andABlankOneIsRefused() {
        f.service("low", 5);
        f.service("high", 100);
        assertThat(f.admin.by("a\nb").pin("low").orElseThrow().who()).isEqualTo("operator 'a\\nb'");
        assertThatThrownBy(() -> f.admin.by(" ")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of the operator is ' '");
    }
}
