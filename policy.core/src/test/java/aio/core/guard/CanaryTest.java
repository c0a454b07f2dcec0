package aio.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.Canary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which loops go first, as text and back. */
class CanaryTest {

    @Test
    void everyCanary_isReadAsItIsWritten() {
        for (Canary each : List.of(Canary.loop("edge"), Canary.loop("a:b=c, 50%"), Canary.loop("7"),
                Canary.loop("bundle:7"), Canary.bundle(7), Canary.share(1), Canary.share(100))) {
            assertThat(Canary.of(each.toString())).as(each.toString()).isEqualTo(each).hasSameHashCodeAs(each);
        }
    }

    @Test
    void whatPeopleWrite_isUnderstood() {
        assertThat(Canary.of("edge")).isEqualTo(Canary.loop("edge"));
        assertThat(Canary.of(" 50 % ")).isEqualTo(Canary.share(50));
        assertThat(Canary.share(50).percent()).hasValue(50);
        assertThat(Canary.of("bundle:12").bundleId()).hasValue(12);
        assertThat(Canary.of("loop:loop:x").loopName()).hasValue("loop:x");
        assertThat(Canary.bundle(7)).isNotEqualTo(Canary.share(7));
        assertThat(Canary.bundle(7).loopName()).isEmpty();
        assertThat(Canary.bundle(7).percent()).isEmpty();
        assertThat(Canary.share(50).bundleId()).isEmpty();
    }

    @Test
    void whatIsNone_isRefused_withWhatIsExpected() {
        for (String wrong : List.of("", " ", "loop:", "bundle:", "bundle:x", "bundle:-1", "x%", "%")) {
            assertThatThrownBy(() -> Canary.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("canary is '" + wrong + "': expected loop:NAME, bundle:ID, or a share such as 50%");
        }
        for (String wrong : List.of("0%", "101%", "9223372036854775807%")) {
            assertThatThrownBy(() -> Canary.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 1% to 100%");
        }
    }
}
