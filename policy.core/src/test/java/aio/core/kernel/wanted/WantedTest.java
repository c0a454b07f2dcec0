package aio.core.kernel.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A generation is published only if it says something else than the one before. */
class WantedTest {
    private final IoDriverFactory one = new Equal();
    private final IoDriverFactory other = new Equal();

    @Test
    void sameAgain_isNoGeneration() {
        Wanted first = next(Wanted.NOTHING, one, List.of(one, other), List.of());
        assertThat(first.generation()).isEqualTo(1);
        assertThat(next(first, one, List.of(one, other), List.of())).isSameAs(first);
    }

    @Test
    void nothingToBegin_isSaidOnce() {
        Wanted first = next(Wanted.NOTHING, null, List.of(), List.of());
        assertThat(first.generation()).isEqualTo(1);
        assertThat(next(first, null, List.of(), List.of())).isSameAs(first);
    }

    @Test
    void anotherDriver_isAGeneration_evenIfItIsEqual() {
        Wanted first = next(Wanted.NOTHING, one, List.of(), List.of());
        assertThat(one).isEqualTo(other);
        assertThat(next(first, other, List.of(), List.of()).generation()).isEqualTo(2);
    }

    @Test
    void anotherStandby_isAGeneration() {
        Wanted first = next(Wanted.NOTHING, one, List.of(one), List.of());
        assertThat(next(first, one, List.of(one, other), List.of()).generation()).isEqualTo(2);
        assertThat(next(first, one, List.of(other), List.of()).generation()).isEqualTo(2);
    }

    @Test
    void departure_isAGenerationOnce_andSoIsTheReturn() {
        Wanted first = next(Wanted.NOTHING, one, List.of(), List.of());
        Wanted left = next(first, one, List.of(), List.of(other));
        assertThat(left.generation()).isEqualTo(2);
        assertThat(next(left, one, List.of(), List.of(other))).isSameAs(left);
        Wanted back = left.next(rules(one), List.of(), List.of(other), List.of());
        assertThat(back.generation()).isEqualTo(3);
        assertThat(back.next(rules(one), List.of(), List.of(other), List.of())).isSameAs(back);
    }

    @Test
    void ruleOfAScope_isAGeneration() {
        Wanted first = next(Wanted.NOTHING, one, List.of(), List.of());
        List<Wanted.Rule> scoped =
                List.of(new Wanted.Rule("loop x", loop -> false, other), Wanted.Rule.everyLoop(one));
        Wanted second = first.next(scoped, List.of(), List.of(), List.of());
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.next(rules(one), List.of(), List.of(), List.of()).generation()).isEqualTo(3);
    }

    private static Wanted next(Wanted before, @Nullable IoDriverFactory preferred, List<IoDriverFactory> standby,
            List<IoDriverFactory> gone) {
        return before.next(rules(preferred), standby, List.of(), gone);
    }

    private static List<Wanted.Rule> rules(@Nullable IoDriverFactory preferred) {
        return List.of(Wanted.Rule.everyLoop(preferred));
    }

    /** Equals each of its kind. */
    private static final class Equal implements IoDriverFactory {
        @Override
        public String name() {
            return "equal";
        }

        @Override
        public Set<DriverFeature> features() {
            return Set.of();
        }

        @Override
        public IoDriver open(DriverContext context) {
            throw new IllegalStateException("not opened here");
        }

        @Override
        public boolean equals(Object object) {
            return object instanceof Equal;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
