package aio.bench.report;

import static aio.bench.report.Sampled.figure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void medianAndSpreadAreThoseOfTheRounds() {
        Sample sample = sample("java.nio", IntStream.rangeClosed(0, 10).mapToDouble(i -> i * 10).toArray());
        assertThat(sample.median()).isEqualTo(50);
        assertThat(sample.low()).isEqualTo(10);
        assertThat(sample.high()).isEqualTo(90);
    }

    @Test
    void severalFiguresOfARoundCountOnce() {
        Sample sample = Sample.of(List.of(figure("64 B", "java.nio", 1, "cpu", 1),
                figure("64 B", "java.nio", 1, "cpu", 3), figure("64 B", "java.nio", 2, "cpu", 4)));
        assertThat(sample.rounds()).containsEntry(1, 2.0).containsEntry(2, 4.0);
    }

    @Test
    void aDisturbanceThatHitsBothDoesNotChangeTheRatio() {
        Sample own = sample("aio selector", 10, 12, 40);
        Sample other = sample("java.nio", 5, 6, 20);
        assertThat(own.times(other)).isEqualTo(2);
    }

    @Test
    void withoutACommonRoundTheMediansAreCompared() {
        Sample own = sample("aio selector", 10, 20, 30);
        Sample other = Sample.of(List.of(figure("64 B", "java.nio", 7, "cpu", 10)));
        assertThat(own.times(other)).isEqualTo(2);
    }

    @Test
    void aScoreIsHigherWhereItIsBetter() {
        Measured measured = Sampled.of(figure("64 B", "aio", 1, "cpu", 8), figure("64 B", "java.nio", 1, "cpu", 4),
                figure("64 B", "aio", 1, "throughput", 8), figure("64 B", "java.nio", 1, "throughput", 4));
        assertThat(measured.score("64 B", "aio", "cpu", "java.nio")).contains(0.5);
        assertThat(measured.score("64 B", "aio", "throughput", "java.nio")).contains(2.0);
        assertThat(measured.score("64 B", "aio", "cpu", "uvloop")).isEmpty();
    }

    @Test
    void theIntervalIsThatOfTheSignTest() {
        double[] ones = IntStream.range(0, 24).mapToDouble(i -> 1).toArray();
        double[] counted = IntStream.rangeClosed(1, 24).mapToDouble(i -> i).toArray();
        // of 24 fair coins at most 6 are heads in 1.1 of 100 cases, at most 7 in 3.2: the 7th is the lower end
        assertThat(sample("aio", counted).timesAtLeast(sample("java.nio", ones))).isEqualTo(7);
        assertThat(sample("aio", 3, 4, 5, 6, 7, 8).timesAtLeast(sample("java.nio", 1, 1, 1, 1, 1, 1))).isEqualTo(3);
        assertThat(sample("aio", 3, 4, 5, 6, 7).timesAtLeast(sample("java.nio", 1, 1, 1, 1, 1))).isNaN();
    }

    private static Sample sample(String subject, double... values) {
        return Sample.of(IntStream.range(0, values.length)
                .mapToObj(i -> figure("64 B", subject, i, "cpu", values[i])).toList());
    }
}
