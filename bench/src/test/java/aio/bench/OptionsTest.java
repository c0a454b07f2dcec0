package aio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void namesHaveValues() {
        Options options = new Options(List.of("--rounds", "12", "--sizes", "64,1024"));
        assertThat(options.number("rounds", 10)).isEqualTo(12);
        assertThat(options.decimal("rounds", 0.5)).isEqualTo(12.0);
        assertThat(options.decimal("seconds", 0.5)).isEqualTo(0.5);
        assertThat(options.list("sizes", "")).containsExactly("64", "1024");
        assertThat(options.text("results", "bench/results")).isEqualTo("bench/results");
    }

    @Test
    void anUnknownOptionIsRefusedBeforeAnythingIsMeasured() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bench.run(List.of("memory", "--seconds", "1")))
                .withMessageContaining("\"memory\" has no option \"--seconds\"")
                .withMessageContaining("--connections, --results, --rounds");
        assertThatIllegalArgumentException().isThrownBy(() -> Bench.run(List.of("memory", "all")))
                .withMessageContaining("\"--\" before \"all\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Bench.run(List.of("mem")))
                .withMessageContaining("\"mem\"").withMessageContaining("growth-loops");
    }

    @Test
    void aBadNumberIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Options(List.of("--rounds", "many")).number("rounds", 1))
                .withMessageContaining("--rounds").withMessageContaining("many");
        assertThatIllegalArgumentException().isThrownBy(() -> new Options(List.of("--rounds")))
                .withMessageContaining("--rounds");
    }
}
